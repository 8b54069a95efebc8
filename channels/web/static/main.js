import { Phone } from "./phone.js";
import { tabs } from "./tabs.js";

const phones = [...document.querySelectorAll(".phone")].map((root) => new Phone(root));
tabs(document.querySelector(".tabs"), phones);
for (const phone of phones) phone.start();
