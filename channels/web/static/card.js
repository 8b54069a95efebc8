import { element } from "./element.js";

/** Facts in a frame: a title, labelled values, a footer. */
export function card({ title, lines, footer }) {
  const facts = lines.map(([label, value]) =>
    element("div", {}, element("dt", { textContent: label, dir: "auto" }), element("dd", { textContent: value, dir: "auto" })),
  );
  return element(
    "div",
    { className: "card", role: "group", "aria-label": title },
    element("p", { className: "card-title", textContent: title, dir: "auto" }),
    facts.length ? element("dl", {}, ...facts) : null,
    footer ? element("p", { className: "card-footer", textContent: footer, dir: "auto" }) : null,
  );
}
