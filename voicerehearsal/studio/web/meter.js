// A level meter: a bar for the eye, and a value in words for who asks; nothing is announced by itself.
import {_} from "./words.js";

const FLOOR_DBFS = -60;
const QUIET_MS = 500;

const share = level_dbfs => Math.min(1, Math.max(0, 1 - level_dbfs / FLOOR_DBFS));

/** A function that shows a level in dBFS on `element`, whose data say where the good zone begins and ends. */
export const meter = element => {
  const low = Number(element.dataset.low), high = Number(element.dataset.high);
  const zone = element.querySelector(".meter-zone"), bar = element.querySelector(".meter-bar");
  zone.style.left = `${100 * share(low)}%`;
  zone.style.right = `${100 * (1 - share(high))}%`;
  let told_ms = 0;
  return level_dbfs => {
    bar.style.transform = `scaleX(${share(level_dbfs).toFixed(3)})`;
    element.dataset.in = level_dbfs > high ? "loud" : level_dbfs >= low ? "good" : "quiet";
    if (performance.now() - told_ms < QUIET_MS) return;
    told_ms = performance.now();
    element.setAttribute("aria-valuenow", Math.round(Math.max(FLOOR_DBFS, level_dbfs)));
    element.setAttribute("aria-valuetext", words(element.dataset.in));
  };
};

const words = zone => ({quiet: _("quiet"), good: _("good"), loud: _("too loud")})[zone];
