import { say } from "./words.js";

const LONGEST_SIDE = 1600;
const SMALL_ENOUGH = 600 * 1024;
const HEAVIEST = Number(document.body.dataset.heaviest);

/** Choosing a picture, looking at it, and making it small enough to travel. */
export class Photo {
  #tray;
  #file;
  #image;
  #caption;
  #send;
  #notice;
  #done;
  #ready = null;

  constructor(root, { send, notice, done }) {
    this.#tray = root.querySelector(".tray");
    this.#file = root.querySelector(".file");
    this.#image = root.querySelector(".tray-photo");
    this.#caption = root.querySelector(".caption");
    this.#send = send;
    this.#notice = notice;
    this.#done = done;
    // Some pictures only the server knows; they are sent without a preview.
    this.#image.addEventListener("error", () => (this.#image.hidden = true));
    root.querySelector(".photo").addEventListener("click", () => this.#file.click());
    this.#file.addEventListener("change", () => this.#choose(this.#file.files[0]));
    root.querySelector(".tray-cancel").addEventListener("click", () => this.#close());
    this.#tray.addEventListener("keydown", (event) => event.key === "Escape" && this.#close());
    this.#tray.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!this.#ready) return;
      this.#send(this.#ready, this.#caption.value.trim());
      this.#close();
    });
    root.querySelector(".text").addEventListener("paste", (event) => {
      const pasted = [...event.clipboardData.files].find((file) => file.type.startsWith("image/"));
      if (!pasted) return;
      event.preventDefault();
      this.#choose(pasted);
    });
  }

  async #choose(file) {
    this.#file.value = "";
    if (!file) return;
    this.#notice(say("photo-preparing"));
    const small = await smaller(file);
    if (small.size > HEAVIEST) {
      this.#notice(say("refused-photo-too-large"));
      return;
    }
    this.#notice("");
    this.#ready = small;
    this.#image.hidden = false;
    this.#image.src = URL.createObjectURL(small);
    this.#tray.hidden = false;
    this.#caption.focus();
  }

  #close() {
    URL.revokeObjectURL(this.#image.src);
    this.#image.removeAttribute("src");
    this.#ready = null;
    this.#caption.value = "";
    this.#tray.hidden = true;
    this.#done();
  }
}

/** The same picture at a size that shows all we need. What this browser cannot open goes as it is. */
async function smaller(file) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    return file;
  }
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  if (scale === 1 && file.size <= SMALL_ENOUGH) return file;
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff"; // JPEG knows no transparency
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
  return made && made.size < file.size ? made : file;
}
