import { bubble } from "./bubble.js";
import { element } from "./element.js";
import { dayOf, say } from "./words.js";

const NEAR = 80;
const TOGETHER = 5 * 60_000;

/** The talk as it stands on the page: what the record says, in its order, then what still waits to be sent. */
export class Log {
  #root;
  #newer;
  #context;
  #again;
  #record = new Map();
  #from = 0;
  #waiting = new Map();
  #typing = null;

  constructor(root, newer, context) {
    this.#root = root;
    this.#newer = newer;
    this.#context = context;
    this.#again = context.again;
    newer.onclick = () => this.toEnd();
    root.addEventListener("scroll", () => this.#isNearEnd() && this.#hideNewer(), { passive: true });
    // A picture that arrives, or a keyboard that opens, must not push the last words out of sight.
    new ResizeObserver(() => this.#follows && this.toEnd(true)).observe(root);
    root.addEventListener("load", () => this.#follows && this.toEnd(true), { capture: true });
    root.addEventListener("scroll", () => (this.#follows = this.#onTheWay || this.#isNearEnd()), { passive: true });
    root.addEventListener("scrollend", () => {
      this.#onTheWay = false;
      this.#follows = this.#isNearEnd();
    });
    for (const own of ["wheel", "touchstart", "pointerdown", "keydown"]) {
      root.addEventListener(own, () => (this.#onTheWay = false), { passive: true });
    }
  }

  #follows = true;
  /** Whether we are still gliding to the end ourselves: what arrives meanwhile is to be followed too. */
  #onTheWay = false;

  get last() {
    return Math.max(0, ...this.#record.keys());
  }

  /** From here on the talk is whole; single older lines may stand above it. */
  get first() {
    return this.#from;
  }

  get isEmpty() {
    return !this.#record.size;
  }

  /** The talk up to now, without reading it all out. */
  begin(messages, { more }) {
    this.#from = messages[0]?.id;
    this.#quietly(() => {
      for (const message of messages) this.show(message);
    });
    if (more) this.#offerEarlier();
    else this.#root.querySelector(".hello").hidden = false;
    this.toEnd(true);
  }

  earlier(messages, { more }) {
    const height = this.#root.scrollHeight - this.#root.scrollTop;
    this.#from = messages[0]?.id ?? this.#from;
    this.#quietly(() => {
      this.#root.querySelector(".earlier")?.remove();
      for (const message of messages) this.show(message);
    });
    if (more) this.#offerEarlier();
    else this.#root.querySelector(".hello").hidden = false;
    this.#root.scrollTop = this.#root.scrollHeight - height;
  }

  /** Put a message of the record in its place; one that is there already stays as it is. */
  show(message) {
    if (this.#record.has(message.id)) return;
    this.#record.set(message.id, message);
    if (message.client) this.#drop(message.client);
    if (message.direction === "out") this.typing(false);
    if (message.kind === "arrived" || message.kind === "proven") return;
    const follows = this.#onTheWay || this.#isNearEnd();
    const made = this.#made(message);
    const next = this.#after(message.id);
    this.#root.insertBefore(made, next);
    this.#arrange(made);
    this.#open();
    if (follows) this.toEnd();
    else if (!next && message.direction === "out") this.#newer.hidden = false;
  }

  /** Show what the person has just said, before anybody has confirmed it. */
  wait(entry) {
    if (this.#waiting.has(entry.id) || this.#isRecorded(entry.id)) return;
    const message = { ...entry, id: null, client: entry.id, direction: "in", at: new Date(entry.at).toISOString() };
    const made = this.#made({ ...message, text: entry.text ?? entry.label ?? entry.caption ?? "" });
    made.classList.add("waiting");
    made.querySelector(".fate").textContent = say("sending");
    this.#waiting.set(entry.id, made);
    this.#root.insertBefore(made, this.#typing);
    this.#arrange(made);
    this.#open();
    this.toEnd();
  }

  /** It will never be sent: say why, and offer another try where there can be one. */
  refuse(id, why, entry) {
    const made = this.#waiting.get(id);
    if (!made) return;
    made.classList.replace("waiting", "refused");
    const fate = made.querySelector(".fate");
    fate.replaceChildren(element("span", { textContent: `${say("not-sent")} · ${why}` }));
    if (entry) {
      const retry = element("button", { type: "button", className: "again", textContent: say("again") });
      retry.onclick = () => {
        this.#drop(id);
        this.#again(entry);
      };
      fate.append(retry);
    }
    this.#open();
  }

  drop(id) {
    this.#drop(id);
    this.#open();
  }

  typing(on) {
    if (!on) {
      this.#typing?.remove();
      this.#typing = null;
      return;
    }
    if (this.#typing) return;
    const dots = [1, 2, 3].map(() => element("i"));
    this.#typing = element("div", { className: "typing", "aria-hidden": "true" }, ...dots);
    this.#root.append(this.#typing);
    if (this.#onTheWay || this.#isNearEnd()) this.toEnd();
  }

  toEnd(atOnce = false) {
    const calm = atOnce || matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#follows = true;
    this.#onTheWay = !calm && this.#left() > 1;
    this.#root.scrollTo({ top: this.#root.scrollHeight, behavior: calm ? "instant" : "smooth" });
    this.#hideNewer();
  }

  #made(message) {
    return bubble(message, this.#context);
  }

  #drop(id) {
    this.#waiting.get(id)?.remove();
    this.#waiting.delete(id);
  }

  #isRecorded(client) {
    return [...this.#record.values()].some((message) => message.client === client);
  }

  /** The element before which a message with this id belongs. */
  #after(id) {
    const shown = [...this.#root.querySelectorAll(".message[data-id]")];
    const next = shown.reverse().reduce((found, one) => (Number(one.dataset.id) > id ? one : found), null);
    if (next) return next.previousElementSibling?.classList.contains("day") ? next.previousElementSibling : next;
    return this.#root.querySelector(".message:not([data-id])") ?? this.#typing;
  }

  /** Day lines and closeness of a message and its neighbours. */
  #arrange(made) {
    for (const one of [made, neighbour(made, "nextElementSibling")]) {
      if (!one) continue;
      const before = neighbour(one, "previousElementSibling");
      if (one.previousElementSibling?.classList.contains("day")) one.previousElementSibling.remove();
      const [at, earlier] = [timeIn(one), before && timeIn(before)];
      const sameDay = earlier && at.toDateString() === earlier.toDateString();
      if (!sameDay) one.before(element("p", { className: "day", textContent: dayOf(at) }));
      const together = sameDay && at - earlier < TOGETHER && before.classList[0] === one.classList[0]
        && before.classList.contains("mine") === one.classList.contains("mine");
      before?.classList.toggle("joined", Boolean(together));
    }
  }

  /**
   * Only an open question shows its buttons: the last one, while nobody has answered it. What was chosen stands
   * below it as the person's own words. A card whose buttons nobody pressed keeps them, to be looked up later.
   */
  #open() {
    const shown = [...this.#root.querySelectorAll(".message")];
    const asked = shown.filter((one) => one.querySelector(".choices")).at(-1);
    const answered = shown.filter((one) => one.classList.contains("mine") && !one.classList.contains("refused")).at(-1);
    for (const one of shown) {
      const open = one === asked && !(answered && shown.indexOf(answered) > shown.indexOf(one));
      one.classList.toggle("asks", open);
      one.classList.toggle("asked", !open);
      one.classList.toggle("chosen", isChosen(one));
    }
  }

  #offerEarlier() {
    const ask = element("button", { type: "button", className: "earlier", textContent: say("earlier") });
    ask.onclick = () => this.#context.earlier();
    this.#root.prepend(ask);
  }

  #quietly(work) {
    this.#root.setAttribute("aria-live", "off");
    work();
    requestAnimationFrame(() => this.#root.setAttribute("aria-live", "polite"));
  }

  /** How many pixels lie below what is seen. */
  #left() {
    return this.#root.scrollHeight - this.#root.scrollTop - this.#root.clientHeight;
  }

  #isNearEnd() {
    return this.#left() < NEAR;
  }

  #hideNewer() {
    this.#newer.hidden = true;
  }
}

function neighbour(one, way) {
  let found = one[way];
  while (found && !found.classList.contains("message")) found = found[way];
  return found;
}

/** Whether the next thing the person did was to press one of this message's own buttons. */
function isChosen(one) {
  const next = [...one.parentNode.querySelectorAll(".mine")].find(
    (mine) => one.compareDocumentPosition(mine) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  const pressed = next?.dataset.pressed;
  return [...one.querySelectorAll("[data-choice]")].some((button) => button.dataset.choice === pressed);
}

function timeIn(one) {
  return new Date(one.querySelector("time").dateTime);
}
