import { Log } from "./log.js";
import { tabs } from "./tabs.js";
import { say, timeOf } from "./words.js";

const TICK = 100;
const MINUTE = 60_000;

/** One phone of the recorded day: it only shows what was said. */
class Phone {
  onnews = () => {};

  constructor(root) {
    this.root = root;
    this.name = root.dataset.phone;
    this.clear();
  }

  clear() {
    const log = this.root.querySelector(".log");
    log.replaceChildren();
    const context = { phone: this.name, press: () => {}, again: () => {}, earlier: () => {} };
    this.log = new Log(log, this.root.querySelector(".newer"), context);
  }

  show(message) {
    this.log.show(message);
    if (message.direction === "out") this.onnews();
  }

  front(on) {
    this.root.classList.toggle("behind", !on);
    if (on) this.log.toEnd(true);
  }
}

/** Plays the record: so many minutes of the day pass in a second. */
class Player {
  #phones;
  #record = [];
  #begins = 0;
  #ends = 0;
  #now = 0;
  #next = 0;
  #ticking = null;

  constructor(phones) {
    this.#phones = new Map(phones.map((phone) => [phone.name, phone]));
    this.button = document.querySelector(".play");
    this.speed = document.querySelector(".speed");
    this.clock = document.querySelector(".day-clock");
    this.along = document.querySelector(".along");
    this.button.onclick = () => (this.#ticking ? this.stop() : this.start());
    this.along.oninput = () => this.#jump(this.#begins + Number(this.along.value) * MINUTE);
  }

  async load() {
    this.#tell(say("day-loading"));
    const answer = await fetch("/demo/day/record", { cache: "no-store" });
    if (!answer.ok) return this.#tell(say("day-failed"));
    const { begins, ends, messages } = await answer.json();
    this.#record = messages;
    this.#begins = this.#now = Date.parse(begins);
    this.#ends = Date.parse(ends);
    this.along.max = String((this.#ends - this.#begins) / MINUTE);
    this.button.disabled = this.along.disabled = false;
    this.#show();
    this.start();
  }

  start() {
    if (this.#now >= this.#ends) this.#jump(this.#begins);
    this.#ticking = setInterval(() => this.#pass((Number(this.speed.value) * MINUTE * TICK) / 1000), TICK);
    this.button.textContent = say("day-pause");
  }

  stop() {
    clearInterval(this.#ticking);
    this.#ticking = null;
    this.button.textContent = say("day-play");
  }

  #pass(by) {
    this.#now = Math.min(this.#now + by, this.#ends);
    this.#show();
    if (this.#now >= this.#ends) this.stop();
  }

  #jump(to) {
    if (to < this.#now) {
      for (const phone of this.#phones.values()) phone.clear();
      this.#next = 0;
    }
    this.#now = to;
    this.#show();
  }

  #show() {
    while (this.#next < this.#record.length && Date.parse(this.#record[this.#next].message.at) <= this.#now) {
      const { phone, message } = this.#record[this.#next++];
      this.#phones.get(phone).show(message);
    }
    const at = new Date(this.#now);
    this.#tell(timeOf(at));
    this.along.value = String((this.#now - this.#begins) / MINUTE);
    this.along.setAttribute("aria-valuetext", timeOf(at));
  }

  #tell(text) {
    this.clock.textContent = text;
  }
}

const phones = [...document.querySelectorAll(".phone")].map((root) => new Phone(root));
tabs(document.querySelector(".tabs"), phones);
new Player(phones).load();
