import { element } from "./element.js";
import { languageOf, say } from "./words.js";

const WIDE = 12;
const PICKED = "✓";

/** The buttons below a message: its answers, and smaller ones for the ways out of the question. */
export function choices(list, press) {
  const group = (kind, className, label) => {
    const found = list.filter((choice) => (choice.kind === "way") === (kind === "way"));
    if (!found.length) return null;
    // Long labels stand below each other and are of one width, so that they read as a list.
    const wide = found.some((choice) => choice.label.length > WIDE) ? " wide" : "";
    return element("div", { className: className + wide, role: "group", "aria-label": label }, ...found.map((choice) => button(choice, press)));
  };
  return element(
    "div",
    { className: "choices" },
    group("answer", "answers", say("choose")),
    group("way", "ways", say("ways")),
  );
}

function button(choice, press) {
  return element("button", {
    type: "button",
    className: choice.label.startsWith(PICKED) ? "picked" : "",
    "data-choice": choice.data,
    textContent: choice.label,
    dir: "auto",
    lang: languageOf(choice.label),
    // No detail means that the key board pressed it, and then the focus must not be lost with the button.
    onclick: (event) => press(choice, event.detail === 0),
  });
}
