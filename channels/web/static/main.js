import { Phone } from "./phone.js";
import { tabs } from "./tabs.js";

const phones = [...document.querySelectorAll(".phone")].map((root) => new Phone(root));
tabs(document.querySelector(".tabs"), phones);
// How a login ended is said once: reloading the page must not say it again.
if (location.search || location.hash) history.replaceState(null, "", location.pathname);
for (const phone of phones) phone.start();
