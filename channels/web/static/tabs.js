/** Where the phones do not fit side by side: one at a time, and a dot on those where something has happened. */
export function tabs(bar, phones) {
  if (!bar) return;
  const buttons = [...bar.querySelectorAll("button")];
  const choose = (name) => {
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.tab === name));
      if (button.dataset.tab === name) button.classList.remove("news");
    }
    for (const phone of phones) phone.front(phone.name === name);
  };
  for (const button of buttons) {
    button.addEventListener("click", () => choose(button.dataset.tab));
    const phone = phones.find((one) => one.name === button.dataset.tab);
    phone.onnews = () => button.getAttribute("aria-pressed") === "true" || button.classList.add("news");
  }
  choose(buttons[0].dataset.tab);
}
