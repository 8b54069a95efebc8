const { config, words } = document.body.dataset;
const lines = JSON.parse(words);
const tag = document.querySelector("wx-open-subscribe");

function tell(key) {
  document.querySelector(".said").textContent = lines[key];
}

function begin() {
  window.wx.error(() => tell("failed"));
  document.addEventListener("WeixinOpenTagsError", () => tell("old"));
  tag.addEventListener("success", ({ detail }) => tell(/\baccept\b/.test(JSON.stringify(detail)) ? "accepted" : "refused"));
  tag.addEventListener("error", () => tell("failed"));
  // WeChat shows no tag to a page that asks for no interface at all.
  window.wx.config({ ...JSON.parse(config), jsApiList: ["hideMenuItems"], openTagList: ["wx-open-subscribe"] });
}

if (window.wx) begin();
else tell("failed");
