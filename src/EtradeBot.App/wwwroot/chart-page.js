// What the chart keeps in the browser and tells of itself.
const stored = "chart-view";

// Milliseconds from the arrival of a quote at the program to its drawing here, the last thousand.
window.chartLatency = window.chartLatency ?? [];

export const noteLatency = (milliseconds) => {
  window.chartLatency.push(milliseconds);
  if (window.chartLatency.length > 1000) window.chartLatency.shift();
};

// The library draws with the next frame; what runs in the one after comes when that is done.
export const afterDrawing = (work) => requestAnimationFrame(() => setTimeout(work, 0));

// A browser that keeps nothing is no fault: the address still does.
export const storedView = () => { try { return localStorage.getItem(stored) ?? ""; } catch { return ""; } };
export const keepView = (text) => { try { localStorage.setItem(stored, text); } catch { /* see above */ } };

// Time to the close of the forming candle, at the exchange's speed.
export const timeLeft = (forming, clock) => {
  const seconds = Math.max(0, Math.round(forming.end - (clock.clock + ((performance.now() - clock.at) / 1000) * clock.speed)));
  const pad = (number) => String(number).padStart(2, "0");
  return seconds >= 3600 ? `${Math.floor(seconds / 3600)}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}` : `${Math.floor(seconds / 60)}:${pad(seconds % 60)}`;
};
