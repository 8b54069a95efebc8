/**
 * What was said here and is not yet acknowledged, oldest first. It outlives the page (one stored item for each
 * message, so that several open pages do not write over each other), and one message is under way at a time, so
 * that nothing overtakes. Sending the same id twice is harmless: the server answers as it did before.
 */
export class Outbox {
  #prefix;
  #entries = [];
  #send;
  #changed;
  #underWay = null;
  #pause = null;
  #open = false;

  constructor(prefix, { send, changed }) {
    this.#prefix = prefix;
    this.#send = send;
    this.#changed = changed;
    this.#adopt();
  }

  get entries() {
    return [...this.#entries];
  }

  add(entry) {
    this.#entries.push(entry);
    try {
      localStorage.setItem(this.#prefix + entry.id, JSON.stringify(entry));
    } catch {
      // Storage is full or forbidden: the message lives as long as the page does.
    }
    this.#changed();
    this.#next();
  }

  /** The connection is there: whatever was under way may be lost, so it begins again. */
  open() {
    this.#open = true;
    this.#adopt();
    this.#begin();
  }

  close() {
    this.#open = false;
    this.#underWay = null;
    clearTimeout(this.#pause);
    this.#pause = null;
  }

  /** Acknowledged or refused for good: there is nothing more to do about it. */
  settle(id) {
    this.#entries = this.#entries.filter((entry) => entry.id !== id);
    if (this.#underWay === id) this.#underWay = null;
    try {
      localStorage.removeItem(this.#prefix + id);
    } catch {
      // It was never stored.
    }
    this.#changed();
    this.#next();
  }

  later(id, seconds) {
    if (this.#underWay !== id) return;
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#begin(), seconds * 1000 + Math.random() * 300);
  }

  #begin() {
    clearTimeout(this.#pause);
    this.#pause = null;
    this.#underWay = null;
    this.#next();
  }

  #next() {
    if (!this.#open || this.#underWay || this.#pause || !this.#entries.length) return;
    this.#underWay = this.#entries[0].id;
    this.#send(this.#entries[0]);
  }

  /** Take over what an earlier page, or another one that has closed, left behind. */
  #adopt() {
    const known = new Set(this.#entries.map((entry) => entry.id));
    this.#entries.push(...stored(this.#prefix).filter((entry) => !known.has(entry.id)));
    this.#entries.sort((one, other) => one.at - other.at);
    this.#changed();
  }
}

function stored(prefix) {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix))
      .map((key) => JSON.parse(localStorage.getItem(key)))
      .filter((entry) => typeof entry?.id === "string" && typeof entry.kind === "string");
  } catch {
    return [];
  }
}
