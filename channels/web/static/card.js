import { element } from "./element.js";

const LONG = 44;

/** A value too wide to stand beside its label; Chinese characters are two wide. */
function isLong(value) {
  return [...value].reduce((width, character) => width + (character > "\u2e80" ? 2 : 1), 0) > LONG;
}

/** Facts in a frame: a title, labelled values, a footer. */
export function card({ title, lines, footer }) {
  const facts = lines.map(([label, value]) =>
    element("div", { className: isLong(value) ? "long" : "" }, element("dt", { textContent: label, dir: "auto" }), element("dd", { textContent: value, dir: "auto" })),
  );
  return element(
    "div",
    { className: "card", role: "group", "aria-label": title },
    element("p", { className: "card-title", textContent: title, dir: "auto" }),
    facts.length ? element("dl", {}, ...facts) : null,
    footer ? element("p", { className: "card-footer", textContent: footer, dir: "auto" }) : null,
  );
}
