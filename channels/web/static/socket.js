const FIRST_PAUSE = 400;
const LONGEST_PAUSE = 12_000;
const QUIET = 25_000;
const PATIENCE = 10_000;

/**
 * The live connection. It comes back by itself, at growing and uneven intervals, so that a thousand pages do not
 * return in the same second; and at once when the network or the person returns.
 */
export class Link {
  #address;
  #on;
  #socket = null;
  #tries = 0;
  #timer = null;
  #watch = null;

  /** `address()` is asked anew for each try; `on` has `up`, `down` and `frame`. */
  constructor(address, on) {
    this.#address = address;
    this.#on = on;
    addEventListener("online", () => this.#hurry());
    addEventListener("offline", () => this.#drop());
    addEventListener("pageshow", (event) => event.persisted && this.#hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.#hurry());
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  async open() {
    clearTimeout(this.#timer);
    let socket;
    try {
      socket = new WebSocket(await this.#address());
    } catch {
      this.#again();
      return;
    }
    this.#socket = socket;
    const slow = setTimeout(() => socket.readyState === WebSocket.CONNECTING && socket.close(), PATIENCE);
    socket.onopen = () => clearTimeout(slow);
    socket.onmessage = (event) => this.#hear(socket, JSON.parse(event.data));
    socket.onclose = () => {
      clearTimeout(slow);
      if (this.#socket === socket) this.#lost();
    };
  }

  send(frame) {
    if (!this.isOpen) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  #hear(socket, frame) {
    if (this.#socket !== socket) return;
    this.#listenFor(QUIET);
    if (frame.type === "hello") {
      this.#tries = 0;
      this.#on.up(frame);
    } else if (frame.type !== "pong") {
      this.#on.frame(frame);
    }
  }

  /** After a quiet while ask for a sign of life, and give the connection up when none comes. */
  #listenFor(quiet) {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => {
      this.send({ type: "ping" });
      this.#watch = setTimeout(() => this.#drop(), PATIENCE);
    }, quiet);
  }

  #drop() {
    const socket = this.#socket;
    if (!socket) return;
    socket.onclose = null;
    socket.close();
    this.#lost();
  }

  #lost() {
    this.#socket = null;
    clearTimeout(this.#watch);
    this.#on.down();
    this.#again();
  }

  #again() {
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.#tries);
    this.#tries += 1;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.open(), pause * (0.5 + Math.random() / 2));
  }

  #hurry() {
    if (this.#socket) {
      this.#listenFor(0);
      return;
    }
    this.#tries = 0;
    this.#again();
  }
}
