const lines = JSON.parse(document.body.dataset.words);

/** A line in the page's language; `n` stands where the line counts something. */
export function say(key, n) {
  return lines[key].replace("{n}", n ?? "");
}

/** The language of a text by its script, for whoever reads it aloud. */
export function languageOf(text) {
  if (/[\u3400-\u9fff]/.test(text)) return "zh-CN";
  return /[a-z]/i.test(text) ? "en" : "";
}

const page = document.documentElement.lang;
const clock = new Intl.DateTimeFormat(page, { hour: "2-digit", minute: "2-digit", hour12: false });
const day = new Intl.DateTimeFormat(page, { month: "long", day: "numeric", weekday: "short" });
const dayOfYear = new Intl.DateTimeFormat(page, { year: "numeric", month: "long", day: "numeric" });

export function timeOf(at) {
  return clock.format(at);
}

export function dayOf(at) {
  const today = new Date();
  const yesterday = new Date(today);
  yesterday.setDate(today.getDate() - 1);
  if (at.toDateString() === today.toDateString()) return say("today");
  if (at.toDateString() === yesterday.toDateString()) return say("yesterday");
  return (at.getFullYear() === today.getFullYear() ? day : dayOfYear).format(at);
}
