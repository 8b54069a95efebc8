import { Phone } from "./phone.js";
import { tabs } from "./tabs.js";

const phones = [...document.querySelectorAll(".phone")].map((root) => new Phone(root));
tabs(document.querySelector(".tabs"), phones);

// What a link or a login brought along is gone from the address before anybody can pass it on, go back to it
// or reload it, and hear it twice.
const link = new URL(location.href).searchParams.get("link") ?? "";
if (location.search || location.hash) history.replaceState(null, "", location.pathname);
for (const phone of phones) phone.start(phone.name === "customer" ? link : "");
