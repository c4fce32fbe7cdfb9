// Before the first paint, so that the page never flashes in the other theme. "#theme=dark" in the address wins.
(() => {
  "use strict";
  const wanted = /(?:^|[#&])theme=(light|dark)\b/.exec(location.hash);
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.dataset.theme = wanted ? wanted[1] : system;
})();
