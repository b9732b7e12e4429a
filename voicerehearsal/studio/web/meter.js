// A level meter: a bar for the eye, and a value in words for who asks; nothing is announced by itself.
import {_} from "./words.js";

const FLOOR_DBFS = -60;
const QUIET_MS = 500;
// It rises at once and falls in steps, or it would drop to nothing between two syllables.
const FALLS_DB_PER_S = 24;

const share = level_dbfs => Math.min(1, Math.max(0, 1 - level_dbfs / FLOOR_DBFS));

/** A function that shows a level in dBFS on `element`, whose data say where the good zone begins and ends. */
export const meter = element => {
  const low = Number(element.dataset.low), high = Number(element.dataset.high);
  const zone = element.querySelector(".meter-zone"), bar = element.querySelector(".meter-bar");
  zone.style.left = `${100 * share(low)}%`;
  zone.style.right = `${100 * (1 - share(high))}%`;
  let told_ms = 0, held_dbfs = FLOOR_DBFS, held_ms = 0;
  return heard_dbfs => {
    const now_ms = performance.now();
    const level_dbfs = Math.max(heard_dbfs, FLOOR_DBFS, held_dbfs - FALLS_DB_PER_S * (now_ms - held_ms) / 1000);
    held_dbfs = level_dbfs;
    held_ms = now_ms;
    bar.style.transform = `scaleX(${share(level_dbfs).toFixed(3)})`;
    element.dataset.in = level_dbfs > high ? "loud" : level_dbfs >= low ? "good" : "quiet";
    if (now_ms - told_ms < QUIET_MS) return;
    told_ms = now_ms;
    element.setAttribute("aria-valuenow", Math.round(level_dbfs));
    element.setAttribute("aria-valuetext", words(element.dataset.in));
  };
};

const words = zone => ({quiet: _("quiet"), good: _("good"), loud: _("too loud")})[zone];
