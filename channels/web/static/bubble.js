import { card } from "./card.js";
import { choices } from "./choices.js";
import { element } from "./element.js";
import { languageOf, say, timeOf } from "./words.js";

const LONG = 700;
const MANY_LINES = 14;
const ADDRESS = /(https?:\/\/[\w.~:/?#@!$&*+,;=%-]*[\w/=#-])/;
const PIN = new URL("./pin.svg", import.meta.url).href;

/** One message of the record, or one that still waits to be sent, as it stands in the log. */
export function bubble(message, { phone, press }) {
  const mine = message.direction === "in";
  const at = new Date(message.at);
  const made = element(
    "article",
    { className: `message ${mine ? "mine" : "theirs"}` },
    element("span", { className: "unseen", textContent: mine ? say("you") : say("them") }),
    said(message, phone),
    message.card ? card(message.card) : null,
    element(
      "p",
      { className: "meta" },
      element("time", { dateTime: at.toISOString(), textContent: timeOf(at) }),
      element("span", { className: "fate" }),
    ),
    message.choices?.length ? choices(message.choices, press) : null,
  );
  if (message.id) made.dataset.id = message.id;
  if (message.data) made.dataset.pressed = message.data;
  if (message.client) made.dataset.client = message.client;
  return made;
}

function said(message, phone) {
  if (message.kind === "photo") return photo(message, phone);
  if (message.kind === "place") return place(message);
  const text = message.text || (message.kind === "unsupported" ? "…" : "");
  return text ? words(text) : null;
}

function words(text, ...extra) {
  const body = element("div", { className: "words" }, ...linked(text));
  const frame = element("div", { className: "bubble", dir: "auto", lang: languageOf(text) }, ...extra, body);
  if (text.length > LONG || text.split("\n").length > MANY_LINES) fold(frame, body);
  return frame;
}

/** The text, with addresses that can be followed. */
function linked(text) {
  return text.split(ADDRESS).map((part, index) => {
    if (index % 2 === 0) return part;
    return element("a", { href: part, target: "_blank", rel: "noopener noreferrer", textContent: part });
  });
}

function fold(frame, body) {
  body.classList.add("folded");
  const more = element("button", { type: "button", className: "more", textContent: say("show-all"), "aria-expanded": "false" });
  more.onclick = () => {
    const folded = body.classList.toggle("folded");
    more.textContent = folded ? say("show-all") : say("show-less");
    more.setAttribute("aria-expanded", String(!folded));
  };
  frame.append(more);
}

function photo(message, phone) {
  const source = message.preview ?? `/chat/photos/${encodeURIComponent(message.media)}?phone=${phone}`;
  const image = element("img", { className: "photo", src: source, alt: say("photo-alt"), decoding: "async" });
  const shown = message.media
    ? element("a", { href: source, target: "_blank", rel: "noopener", "aria-label": say("photo-open") }, image)
    : image;
  image.onerror = () => shown.replaceWith(element("div", { className: "words", textContent: say("photo-broken") }));
  const frame = element("div", { className: "bubble picture", dir: "auto", lang: languageOf(message.text) }, shown);
  if (message.text) frame.append(element("div", { className: "words", textContent: message.text }));
  return frame;
}

function place(message) {
  const { latitude, longitude } = message.place ?? message;
  const where = `${Number(latitude).toFixed(5)}, ${Number(longitude).toFixed(5)}`;
  return element(
    "div",
    { className: "bubble spot" },
    element("img", { src: PIN, alt: "", width: 22, height: 22 }),
    element("div", { className: "words", textContent: message.text || say("place-sent") }),
    element("div", { className: "degrees", textContent: where }),
  );
}
