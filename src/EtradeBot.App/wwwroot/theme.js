// Runs before the first paint. Keeps the choice in a cookie that the server reads: system|dark|light . palette . zone . system is dark . zone name
(() => {
  const read = () => (document.cookie.match(/(?:^|; )appearance=([^;]*)/) || [, ""])[1];
  const parts = decodeURIComponent(read()).split(".");
  let [theme, palette, zone] = parts.length >= 5 ? parts : ["system", "blue-orange", "newyork"];
  const listeners = new Set();
  const system = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const dark = theme === "dark" || (theme === "system" && system.matches);
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    document.documentElement.dataset.palette = palette;
    const local = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
    const value = encodeURIComponent([theme, palette, zone, system.matches ? "1" : "0", local].join("."));
    if (value !== read()) document.cookie = `appearance=${value}; path=/; max-age=31536000; samesite=strict`;
    document.dispatchEvent(new CustomEvent("appearance", { detail: { dark } }));
    for (const listener of listeners) listener.invokeMethodAsync("LookChanged", value).catch(() => listeners.delete(listener));
  };
  window.appearance = {
    isDark: () => document.documentElement.dataset.theme === "dark",
    set: (t, p, z) => { [theme, palette, zone] = [t, p, z]; apply(); },
    next: () => { theme = { system: "dark", dark: "light" }[theme] ?? "system"; apply(); },
    watch: (listener) => { listeners.add(listener); apply(); },
  };
  system.addEventListener("change", apply);
  apply();
})();
