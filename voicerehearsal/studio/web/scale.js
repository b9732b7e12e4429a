// Where the axes of a chart have their steps, and how times are written.
import {_, fill} from "./words.js";

const DAY = 86400;

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

/** About `most` times between two others, on the clock of this computer, and what is written at each; two at least. */
export const timeLabels = (from, to, most) => {
  const wide = steps.findIndex(([step]) => step >= (to - from) / most);
  for (let n = wide < 0 ? steps.length - 1 : wide; ; n--) {
    const found = walk(from, to, ...steps[n].slice(1));
    if (found.length > 1 || n === 0) return found;
  }
};

const hourly = hours => [
  hours * 3600,
  day => { day.setMinutes(0, 0, 0); day.setHours(day.getHours() - day.getHours() % hours); },
  day => day.setHours(day.getHours() + hours),
  clockOrDay,
];
const daily = days => [
  days * DAY,
  day => { day.setHours(0, 0, 0, 0); if (days >= 7) day.setDate(day.getDate() - (day.getDay() + 6) % 7); },
  day => day.setDate(day.getDate() + days),
  dayOnly,
];
const monthly = months => [
  months * 30 * DAY,
  day => { day.setHours(0, 0, 0, 0); day.setMonth(months > 12 ? 0 : day.getMonth() - day.getMonth() % months, 1); if (months > 12) day.setFullYear(day.getFullYear() - day.getFullYear() % (months / 12)); },
  day => day.setMonth(day.getMonth() + months),
  time => (new Date(1000 * time).getMonth() ? monthOnly : yearOnly)(time),
];

const clockOnly = written({hour: "2-digit", minute: "2-digit"});
const dayOnly = written({day: "numeric", month: "short"});
const monthOnly = written({month: "short"});
const yearOnly = written({year: "numeric"});
const clockOrDay = time => new Date(1000 * time).getHours() || new Date(1000 * time).getMinutes() ? clockOnly(time) : dayOnly(time);

const minutely = minutes => [
  minutes * 60,
  day => day.setMinutes(day.getMinutes() - day.getMinutes() % minutes, 0, 0),
  day => day.setMinutes(day.getMinutes() + minutes),
  clockOrDay,
];
const steps = [
  ...[1, 5, 15, 30].map(minutely), ...[1, 3, 6, 12].map(hourly), ...[1, 2, 7, 14].map(daily), ...[1, 3, 6, 12, 24, 60, 120].map(monthly),
];

const walk = (from, to, begin, next, text) => {
  const found = [], day = new Date(1000 * from);
  begin(day);
  for (; day / 1000 <= to; next(day)) if (day / 1000 >= from) found.push([day / 1000, text(day / 1000)]);
  return found;
};
