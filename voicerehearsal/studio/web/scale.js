// Where the axes of a chart have their steps, and how times are written.
import {_, fill} from "./words.js";

const DAY = 86400;
const HOURS = [1, 3, 6, 12];
const DAYS = [1, 2, 7, 14];
const MONTHS = [1, 3, 6, 12, 24, 60, 120];

const language = () => document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
const written = options => { const format = new Intl.DateTimeFormat(language(), options); return time => format.format(1000 * time); };

const moment = written({day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit"});
const whole = written({weekday: "short", day: "numeric", month: "short", year: "numeric"});

/** When an answer was, or which day or week. */
export const when = (time, by = "answer") =>
  by === "answer" ? moment(time) : by === "day" ? whole(time) : fill(_("Week of {day}"), {day: whole(time)});

/** About `wanted` round numbers from `low` to `high`. */
export const heightSteps = (low, high, wanted) => {
  const rough = (high - low) / wanted, power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find(one => one * power >= rough) ?? 10);
  const steps = [];
  for (let n = Math.ceil(low / step - 1e-9); n * step <= high + 1e-9 * step; n++) steps.push(n * step);
  return steps;
};

/** When the days between two times begin. */
export const dayStarts = (from, to) => {
  if (to - from > 10 * DAY) return [];
  const days = [], day = new Date(1000 * from);
  day.setHours(24, 0, 0, 0);
  for (; day / 1000 < to; day.setDate(day.getDate() + 1)) days.push(day / 1000);
  return days;
};

/** At most about `most` times between two others, on the clock of this computer, and what is written at each. */
export const timeLabels = (from, to, most) => {
  const span = (to - from) / most;
  const hours = HOURS.find(step => step * 3600 >= span);
  if (hours) return walk(from, to, day => { day.setMinutes(0, 0, 0); day.setHours(day.getHours() - day.getHours() % hours); }, day => day.setHours(day.getHours() + hours), clockOrDay());
  const days = DAYS.find(step => step * DAY >= span);
  if (days) return walk(from, to, day => { day.setHours(0, 0, 0, 0); if (days >= 7) day.setDate(day.getDate() - (day.getDay() + 6) % 7); }, day => day.setDate(day.getDate() + days), written({day: "numeric", month: "short"}));
  const months = MONTHS.find(step => step * 30 * DAY >= span) ?? 240;
  const year = written({year: "numeric"}), name = written({month: "short"});
  const month = time => (new Date(1000 * time).getMonth() ? name : year)(time);
  return walk(from, to, day => { day.setHours(0, 0, 0, 0); day.setMonth(months > 12 ? 0 : day.getMonth() - day.getMonth() % Math.min(12, months), 1); if (months > 12) day.setFullYear(day.getFullYear() - day.getFullYear() % (months / 12)); }, day => day.setMonth(day.getMonth() + months), months >= 12 ? year : month);
};

const clockOrDay = () => {
  const clock = written({hour: "2-digit", minute: "2-digit"}), day = written({day: "numeric", month: "short"});
  return time => new Date(1000 * time).getHours() ? clock(time) : day(time);
};

const walk = (from, to, begin, next, text) => {
  const found = [], day = new Date(1000 * from);
  begin(day);
  for (; day / 1000 <= to; next(day)) if (day / 1000 >= from) found.push([day / 1000, text(day / 1000)]);
  return found;
};
