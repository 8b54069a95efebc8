const TALLEST = 160;

/** The field people write in. Enter sends, Shift+Enter begins a line, and an input method is never interrupted. */
export class Composer {
  #text;
  #send;
  #draft;

  constructor(form, { send, draft }) {
    this.#text = form.querySelector(".text");
    this.#send = send;
    this.#draft = draft;
    this.#text.value = this.#remembered();
    this.#fit();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#text.addEventListener("input", () => this.#fit());
    this.#text.addEventListener("keydown", (event) => {
      // 229 is what browsers report for keys that an input method is still using.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.#submit();
    });
  }

  focus() {
    this.#text.focus({ preventScroll: true });
  }

  #submit() {
    const text = this.#text.value.trim();
    if (text) {
      this.#send(text);
      this.#text.value = "";
      this.#fit();
    }
    this.focus();
  }

  #fit() {
    this.#text.style.height = "auto";
    this.#text.style.height = `${Math.min(TALLEST, this.#text.scrollHeight)}px`;
    try {
      sessionStorage.setItem(this.#draft, this.#text.value);
    } catch {
      // Without storage a draft does not outlive the page.
    }
  }

  #remembered() {
    try {
      return sessionStorage.getItem(this.#draft) ?? "";
    } catch {
      return "";
    }
  }
}
