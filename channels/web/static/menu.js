/** A small list of what one can always ask for. Each line is said in the person's name. */
export function menu(root, say) {
  const button = root.querySelector(".menu-button");
  const list = root.querySelector(".menu-list");
  const lines = [...list.querySelectorAll("button")];

  const open = (on) => {
    list.hidden = !on;
    button.setAttribute("aria-expanded", String(on));
    if (on) lines[0].focus();
  };

  button.addEventListener("click", () => open(list.hidden));
  for (const line of lines) {
    line.addEventListener("click", () => {
      open(false);
      say(line.dataset.say);
    });
  }
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      lines.at((lines.indexOf(document.activeElement) + step) % lines.length).focus();
    }
  });
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || list.hidden) return;
    open(false);
    button.focus();
  });
  document.addEventListener("click", (event) => list.hidden || root.querySelector(".menu").contains(event.target) || open(false));
}
