import { Composer } from "./composer.js";
import { newId } from "./element.js";
import { Link } from "./socket.js";
import { Log } from "./log.js";
import { menu } from "./menu.js";
import { Outbox } from "./outbox.js";
import { Photo } from "./photo.js";
import { place } from "./place.js";
import { say } from "./words.js";

const LONGEST = Number(document.body.dataset.longest);
const PATIENT = 350;
const TYPING_ENDS = 20_000;
const CALM = 900;

/** One phone: its talk, its composer, its connection, and what it says about their state. */
export class Phone {
  onnews = () => {};
  #root;
  #who;
  #log;
  #outbox;
  #link;
  #composer;
  #started = false;
  #trouble = "";
  #slow = "";
  #typing = null;
  #away = false;
  #awayIn = null;
  #seen = null;

  constructor(root) {
    this.#root = root;
    this.name = root.dataset.phone;
    this.#who = root.dataset.who;
    this.#log = new Log(root.querySelector(".log"), root.querySelector(".newer"), {
      phone: this.name,
      press: (choice, byKey) => this.#press(choice, byKey),
      again: (entry) => this.#again(entry),
      earlier: () => this.#earlier(),
    });
    this.#outbox = new Outbox(`menling:${this.#who}:`, {
      send: (entry) => this.#link.send({ type: "message", ...entry }),
      changed: () => this.#tell(),
    });
    this.#link = new Link(() => this.#address(), {
      up: (frame) => this.#up(frame),
      down: () => this.#lost(),
      frame: (frame) => this.#hear(frame),
    });
    this.#composer = new Composer(root.querySelector(".composer"), {
      send: (text) => this.#write(text),
      draft: `menling:${this.#who}:draft`,
    });
    const notice = (text) => this.#notice(text);
    new Photo(root, { notice, send: (picture, caption) => this.#upload(picture, caption), done: () => this.#composer.focus() });
    place(root.querySelector(".place"), { notice, send: (where) => this.#say({ kind: "place", ...where }) });
    menu(root, (text) => this.#write(text, true));
  }

  /** `link` is what the address of the page brought along: the bot is told, and asks before it does anything. */
  start(link = "") {
    if (link) this.#outbox.add({ id: newId(), kind: "arrived", start: link, at: Date.now() });
    this.#await();
    this.#lost();
    this.#link.open();
    if (document.body.classList.contains("chat") && matchMedia("(pointer: fine)").matches) this.#composer.focus();
  }

  /** Whether this is the phone that is seen where there is room for one. */
  front(on) {
    this.#root.classList.toggle("behind", !on);
    if (on) this.#log.toEnd(true);
  }

  /** Read the talk so far before the first connection; the address of the socket then says where to go on. */
  async #address() {
    if (!this.#started) {
      const page = await this.#read("");
      this.#started = true;
      this.#log.begin(page.messages, page);
    }
    const address = new URL(`/chat/socket?phone=${this.name}&after=${this.#log.last}`, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    return address;
  }

  async #read(query) {
    const answer = await fetch(`/chat/messages?phone=${this.name}${query}`, { cache: "no-store" });
    if (!answer.ok) throw new Error(`the server answers ${answer.status}`);
    const page = await answer.json();
    this.#check(page.who);
    return page;
  }

  /** A page must never show one visitor's talk to another: when the cookie has changed, begin anew. */
  #check(who) {
    if (who === this.#who) return;
    location.reload();
    throw new Error("this is somebody else's record now");
  }

  async #earlier() {
    try {
      const page = await this.#read(`&before=${this.#log.first}`);
      this.#log.earlier(page.messages, page);
    } catch {
      this.#tell();
    }
  }

  #up(frame) {
    this.#check(frame.who);
    clearTimeout(this.#awayIn);
    this.#awayIn = null;
    this.#away = false;
    this.#trouble = this.#slow = "";
    this.#await();
    if (this.#log.isEmpty && !this.#outbox.entries.length) {
      // Always the same id, so that two pages opened at once are greeted once.
      this.#outbox.add({ id: "arrived", kind: "arrived", at: Date.now() });
    }
    this.#outbox.open();
    this.#tell();
  }

  /** Show what is not sent yet; that somebody came is nothing to see. */
  #await() {
    for (const entry of this.#outbox.entries) if (entry.kind !== "arrived") this.#log.wait(entry);
  }

  #lost() {
    this.#outbox.close();
    this.#hush();
    // A connection that is back within a moment is nobody's business.
    this.#awayIn ??= setTimeout(() => {
      this.#away = true;
      this.#tell();
    }, CALM);
    this.#tell();
  }

  #hear(frame) {
    const hear = {
      message: () => this.#show(frame.message),
      ack: () => this.#settle(frame.id),
      typing: () => this.#awaitTyping(),
      refused: () => this.#refused(frame),
      later: () => this.#later(frame),
      trouble: () => this.#stumble(frame.text),
      well: () => this.#stumble(""),
    };
    hear[frame.type]?.();
  }

  #show(message) {
    this.#log.show(message);
    if (message.direction !== "out") return;
    this.#hush();
    this.#notice("");
    this.onnews();
    clearTimeout(this.#seen);
    this.#seen = setTimeout(() => this.#link.send({ type: "seen", id: this.#log.last }), 200);
  }

  #settle(id) {
    this.#trouble = this.#slow = "";
    this.#outbox.settle(id);
  }

  #refused({ id, text }) {
    if (typeof id !== "string") return;
    this.#log.refuse(id, text);
    this.#outbox.settle(id);
  }

  #later({ id, reason, after_seconds, text }) {
    if (reason === "too-fast") this.#slow = text;
    else this.#trouble = text;
    this.#hush();
    this.#outbox.later(id, after_seconds);
    this.#tell();
  }

  #stumble(text) {
    this.#trouble = text;
    this.#tell();
  }

  #write(text, fromMenu = false) {
    if (text.length > LONGEST) {
      this.#notice(say("refused-text-too-long"));
      return;
    }
    this.#say({ kind: "text", text });
    if (fromMenu) this.#composer.focus();
  }

  #press(choice, byKey) {
    this.#say({ kind: "tap", data: choice.data, label: choice.label });
    if (byKey) this.#composer.focus();
  }

  #say(content) {
    const entry = { id: newId(), at: Date.now(), ...content };
    this.#notice("");
    this.#log.wait(entry);
    this.#outbox.add(entry);
    return entry;
  }

  async #upload(picture, caption) {
    const entry = { id: newId(), at: Date.now(), kind: "photo", caption, preview: URL.createObjectURL(picture), picture };
    this.#log.wait(entry);
    await this.#send(entry);
  }

  async #send({ picture, preview, ...entry }) {
    try {
      const answer = await fetch(`/chat/photos?phone=${this.name}`, { method: "POST", body: picture });
      const { id, text } = await answer.json();
      if (!answer.ok) this.#log.refuse(entry.id, text, answer.status < 429 ? null : { picture, preview, ...entry });
      else this.#outbox.add({ ...entry, media: id });
    } catch {
      this.#log.refuse(entry.id, say("trouble"), { picture, preview, ...entry });
    }
  }

  #again(entry) {
    this.#log.wait(entry);
    this.#send(entry);
  }

  #awaitTyping() {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => {
      this.#log.typing(true);
      this.#typing = setTimeout(() => this.#hush(), TYPING_ENDS);
    }, PATIENT);
  }

  #hush() {
    clearTimeout(this.#typing);
    this.#log.typing(false);
  }

  #notice(text) {
    const line = this.#root.querySelector(".notice");
    line.textContent = text;
    line.hidden = !text;
  }

  /** Say in one calm line what is wrong, and how much waits. */
  #tell() {
    if (!this.#link) return;
    const waiting = this.#outbox.entries.filter((entry) => entry.kind !== "arrived").length;
    const open = this.#link.isOpen;
    const trouble = this.#away ? say("reconnecting") : this.#trouble || this.#slow;
    const what = navigator.onLine ? trouble : say("offline");
    const line = this.#root.querySelector(".banner");
    const words = what && waiting ? `${what} ${say("waiting", waiting)}` : what;
    if (line.textContent !== words) line.textContent = words;
    line.hidden = !what;
    this.#root.classList.toggle("online", open && !this.#trouble);
    this.#root.querySelector(".state-words").textContent = say(open ? "online" : "connecting");
  }
}
