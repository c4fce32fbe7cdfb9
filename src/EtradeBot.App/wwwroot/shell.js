// Keyboard, and what is said while the line to the program is cut. No page script but this, theme.js and the charts.
const keys = () => document.getElementById("keys");
const isTyping = (target) => target.closest("input, textarea, select, [contenteditable=true]") !== null;
let goes = 0;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === "?") { keys()?.showModal(); event.preventDefault(); return; }
  if (event.key === "/") {
    const search = document.querySelector("[data-search]");
    if (search) { search.focus(); search.select?.(); event.preventDefault(); }
    return;
  }
  if (event.key === "g") { goes = event.timeStamp; return; }
  if (goes && event.timeStamp - goes < 1500) document.querySelector(`[data-go="${CSS.escape(event.key)}"]`)?.click();
  goes = 0;
});
// A list that is walked by arrow keys must not scroll the page as well.
document.addEventListener("keydown", (event) => {
  if ((event.key === "ArrowUp" || event.key === "ArrowDown") && event.target.closest("[data-arrows]") && !isTyping(event.target)) event.preventDefault();
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys]")) keys()?.showModal();
  if (event.target.closest("[data-look]")) window.appearance.next();
});
// The base address would make "#main" the first page's.
document.addEventListener("click", (event) => {
  if (!event.target.closest(".skip")) return;
  document.getElementById("main").focus();
  event.preventDefault();
}, true);

// The tab itself says when only a person can help.
const icon = document.getElementById("favicon");
const mark = () => { icon.href = document.querySelector("[data-attention=person]") ? "icon-person.svg" : "icon.svg"; };
new MutationObserver(mark).observe(document.body, { subtree: true, childList: false, attributeFilter: ["data-attention"] });
mark();

const banner = document.getElementById("components-reconnect-modal");
const at = () => new Date().toLocaleTimeString();
banner.addEventListener("components-reconnect-state-changed", (event) => {
  const state = event.detail.state;
  if (state === "hide") { document.body.classList.remove("is-cut"); banner.textContent = ""; return; }
  if (state === "rejected") { location.reload(); return; }
  if (!document.body.classList.contains("is-cut")) banner.dataset.since = at();
  document.body.classList.add("is-cut");
  banner.textContent = state === "failed"
    ? `The program does not answer since ${banner.dataset.since}. Start it again with ./etrade-bot; this page then comes back by itself.`
    : `The line to the program is cut since ${banner.dataset.since}: what you see is from then. Trying again …`;
  if (state === "failed") waitForReturn();
});

// A program that stands still shall not pass for a quiet market: the usual half minute of silence is too long.
Blazor.start({ circuit: { configureSignalR: (line) => line.withServerTimeout(15000).withKeepAliveInterval(5000) } });

// Blazor gives up after a while; a program that was started anew is worth a new page.
const waitForReturn = () => {
  const timer = setInterval(async () => {
    try { if ((await fetch("health", { cache: "no-store" })).ok) { clearInterval(timer); location.reload(); } } catch { /* not yet */ }
  }, 2000);
};
