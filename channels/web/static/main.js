import { Phone } from "./phone.js";
import { tabs } from "./tabs.js";

const phones = [...document.querySelectorAll(".phone")].map((root) => new Phone(root));
tabs(document.querySelector(".tabs"), phones);

// What a link or a login brought along is gone from the address before anybody can pass it on, go back to it
// or reload it, and hear it twice.
const address = new URL(location.href);
const link = address.searchParams.get("link") ?? "";
for (const name of ["link", "wechat"]) address.searchParams.delete(name);
if (address.hash === "#wechat_redirect") address.hash = "";
if (address.href !== location.href) history.replaceState(history.state, "", address);
for (const phone of phones) phone.start(phone.name === "customer" ? link : "");
