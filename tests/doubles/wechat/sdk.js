/* Stands in for WeChat's script for pages: shows the tag that asks for notices, once the page is configured.

   What the person answers, and whether the phone is too old, stands in `window.person`; what the page asked for can
   be read in `window.configured`. */

window.wx = {
  failed: () => {},
  error(told) {
    this.failed = told;
  },
  config(asked) {
    window.configured = asked;
    const person = window.person ?? {};
    const needed = [asked.appId, asked.timestamp, asked.nonceStr, asked.signature];
    if (!needed.every(Boolean) || !asked.jsApiList.length || person.refused) {
      setTimeout(() => this.failed({ errMsg: "config:invalid signature" }));
      return;
    }
    if (person.old) {
      setTimeout(() => document.dispatchEvent(new CustomEvent("WeixinOpenTagsError", { detail: { errMsg: "too old" } })));
      return;
    }
    for (const tag of document.querySelectorAll("wx-open-subscribe")) show(tag);
  },
};

function show(tag) {
  if (!window.configured.openTagList.includes(tag.localName)) return;
  const frame = tag.attachShadow({ mode: "open" });
  const inside = tag.querySelector("script[type='text/wxtag-template']:not([slot])");
  frame.innerHTML = inside.textContent;
  frame.querySelector("button").onclick = () => {
    const answer = window.person?.answer ?? "accept";
    if (answer === "fails") {
      tag.dispatchEvent(new CustomEvent("error", { detail: { errMsg: "subscribe:fail", errCode: 20003 } }));
      return;
    }
    const each = tag.getAttribute("template").split(",").map((id) => [id, JSON.stringify({ status: answer })]);
    const subscribeDetails = JSON.stringify(Object.fromEntries(each));
    tag.dispatchEvent(new CustomEvent("success", { detail: { errMsg: "subscribe:ok", subscribeDetails } }));
  };
}
