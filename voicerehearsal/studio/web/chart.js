// <trend-chart>: one measure over time. Everything that stands still is on a canvas; what is read at the moment is a
// mark and a small label above it. Bands, medians and changes come with the data: nothing is worked out here.
import {at} from "./live.js";
import {_, fill} from "./words.js";
import {dayStarts, heightSteps, timeLabels} from "./scale.js";

const CSS = `
:host { display: block; position: relative; }
.stage { position: absolute; inset: 0; border-radius: .4rem; touch-action: pan-y; }
.stage:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.large .stage { cursor: crosshair; }
canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
.mark, .guide, .band { position: absolute; left: 0; top: 0; pointer-events: none; }
.mark { width: .9rem; height: .9rem; margin: -.45rem; border: 2px solid var(--card); border-radius: 50%; background: var(--ink); }
.guide { width: 1px; background: var(--edge); }
.band { background: var(--accent); opacity: .16; transform-origin: 0 0; width: 1px; }
.label { position: absolute; top: 0; left: 0; max-width: min(22rem, 90%); padding: .45rem .7rem; border: 1px solid var(--line);
  border-radius: .6rem; background: var(--card); color: var(--ink); box-shadow: var(--shadow); font-size: .875rem; line-height: 1.4; }
.label strong { display: block; font-size: 1.05rem; font-variant-numeric: tabular-nums; }
.label span { color: var(--soft); display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; }
.label a { color: var(--accent); display: inline-block; min-height: 1.5rem; }
[hidden] { display: none; }`;

const MANY = 300;
const NEAR = 28;
const HATCH = 6;
const colour = {band: "--good", usual: "--soft", dot: "--pitch", line: "--pitch", change: "--ink", grid: "--line", text: "--soft"};

class TrendChart extends HTMLElement {
  #data = null; #shown = null; #place = -1; #drag = null; #box = null; #questions = {};

  constructor() {
    super();
    const root = this.attachShadow({mode: "open"});
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    root.adoptedStyleSheets = [sheet];
    const make = (tag, name, parent) => Object.assign(parent.appendChild(document.createElement(tag)), {className: name});
    this.frame = make("div", "frame", root);
    this.stage = make("div", "stage", this.frame);
    this.canvas = make("canvas", "", this.stage);
    this.canvas.ariaHidden = "true";
    for (const name of ["band", "guide", "mark"]) (this[name] = make("div", name, this.stage)).hidden = true;
    this.probe = make("i", "", root);   // variables may hold light-dark(), which a canvas does not know
    this.label = make("div", "label", this.frame);
    this.label.hidden = true;
  }

  connectedCallback() {
    this.large = this.hasAttribute("large");
    this.frame.classList.toggle("large", this.large);
    this.sized = new ResizeObserver(() => this.#draw());
    this.sized.observe(this);
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.redraw = () => this.#draw();
    this.dark.addEventListener("change", this.redraw);
    this.themed = new MutationObserver(this.redraw);
    this.themed.observe(document.documentElement, {attributeFilter: ["data-theme"]});
    if (this.large && !this.listening) this.#listen();
  }

  disconnectedCallback() {
    this.sized.disconnect();
    this.themed.disconnect();
    this.dark.removeEventListener("change", this.redraw);
  }

  /** What is drawn (a Chart of the studio), and the times between which it is shown; `questions`: texts by answer. */
  show(data, {between = null, questions = {}} = {}) {
    this.#data = data;
    this.#questions = questions;
    this.#shown = between ?? roomy(data);
    this.#place = -1;
    this.#unmark();
    this.stage.tabIndex = this.large ? 0 : -1;
    this.stage.role = this.large ? "slider" : "img";
    this.stage.ariaLabel = this.getAttribute("label");
    if (this.large) {
      Object.assign(this.stage, {ariaValueMin: "1", ariaValueMax: String(Math.max(1, data.times.length)), ariaValueNow: String(Math.max(1, data.times.length))});
      this.stage.ariaValueText = data.times.length ? this.#words(data.times.length - 1) : _("Nothing in this stretch of time");
    }
    this.#draw();
  }

  get between() { return this.#shown; }

  #listen() {
    this.listening = true;
    const stage = this.stage;
    stage.addEventListener("pointerdown", event => {
      if (event.button || !this.#data) return;
      stage.setPointerCapture(event.pointerId);
      this.#drag = {from: this.#x(event), to: this.#x(event)};
    });
    stage.addEventListener("pointermove", event => {
      if (this.#drag) this.#select(this.#x(event));
      else this.#mark(this.#nearest(event));
    });
    stage.addEventListener("pointerup", event => this.#release(event));
    stage.addEventListener("pointercancel", () => { this.#drag = null; this.band.hidden = true; });
    this.frame.addEventListener("pointerleave", () => { if (!this.stage.matches(":focus-visible")) this.#unmark(); });
    stage.addEventListener("dblclick", () => this.#zoom(null));
    stage.addEventListener("keydown", event => this.#key(event));
    stage.addEventListener("focus", () => { if (stage.matches(":focus-visible")) this.#mark(this.#place < 0 ? this.#data.times.length - 1 : this.#place); });
  }

  // ---- where things are -------------------------------------------------------------------------------------------

  #x(event) { return event.clientX - this.stage.getBoundingClientRect().left; }
  #left(time) { const {left, width} = this.#box, [from, to] = this.#shown; return left + (time - from) / (to - from) * width; }
  #time(x) { const {left, width} = this.#box, [from, to] = this.#shown; return from + Math.max(0, Math.min(1, (x - left) / width)) * (to - from); }
  #top(value) { const {top, height} = this.#box, [low, high] = this.#data.heights; return top + (high - value) / (high - low) * height; }

  #nearest(event) {
    const {times, values} = this.#data, frame = this.stage.getBoundingClientRect();
    const x = event.clientX - frame.left, y = event.clientY - frame.top;
    let best = -1, least = NEAR ** 2;
    for (let n = lowest(times, this.#time(x - NEAR)); n < times.length; n++) {
      const dx = this.#left(times[n]) - x;
      if (dx > NEAR) break;
      const far = dx ** 2 + (this.#top(values[n]) - y) ** 2;
      if (far < least) [best, least] = [n, far];
    }
    return best;
  }

  // ---- reading ----------------------------------------------------------------------------------------------------

  number(value) {
    const {decimals, unit} = this.#data;
    return `${value.toFixed(decimals)} ${unit}`.trim();
  }

  #words(place) {
    const {times, values, answers, by} = this.#data;
    const asked = by === "answer" ? this.#questions[answers[place]]?.text ?? "" : "";
    return [when(times[place], by), this.number(values[place]), asked].filter(Boolean).join(", ");
  }

  #mark(place) {
    if (place < 0) { this.#unmark(); return; }
    const {times, values, answers, by} = this.#data;
    this.#place = place;
    const x = this.#left(times[place]), y = this.#top(values[place]), {top, height} = this.#box;
    this.guide.style.height = `${height}px`;
    this.guide.style.transform = `translate(${x}px, ${top}px)`;
    this.mark.style.transform = `translate(${x}px, ${y}px)`;
    const strong = document.createElement("strong"), time = document.createElement("div"), asked = document.createElement("span");
    strong.textContent = this.number(values[place]);
    time.textContent = when(times[place], by);
    const known = this.#questions[answers[place]];
    asked.textContent = by === "answer" ? known?.text ?? "" : "";
    if (known?.language) asked.lang = known.language;
    const link = document.createElement("a");
    link.href = at(`answers/${answers[place]}`);
    link.textContent = by === "answer" ? fill(_("Open answer {number}"), {number: answers[place]}) : _("Open its last answer");
    this.label.replaceChildren(strong, time, asked, link);
    for (const part of [this.guide, this.mark, this.label]) part.hidden = false;
    const wide = this.label.offsetWidth, high = this.label.offsetHeight;
    const beside = x + 18 + wide > this.clientWidth ? x - 18 - wide : x + 18;
    this.label.style.transform = `translate(${Math.max(0, Math.min(beside, this.clientWidth - wide))}px, ${Math.max(0, Math.min(y - high / 2, this.clientHeight - high))}px)`;
    this.stage.ariaValueNow = String(place + 1);
    this.stage.ariaValueText = this.#words(place);
  }

  #unmark() { for (const part of [this.guide, this.mark, this.label]) part.hidden = true; }

  #key(event) {
    const last = this.#data.times.length - 1, step = event.shiftKey ? 10 : 1;
    const place = this.#place < 0 ? last : this.#place;
    const to = {ArrowLeft: place - step, ArrowDown: place - step, ArrowRight: place + step, ArrowUp: place + step, Home: 0, End: last,
      PageUp: place - 10, PageDown: place + 10}[event.key];
    if (to !== undefined) { if (last >= 0) this.#mark(Math.max(0, Math.min(last, to))); }
    else if (event.key === "Enter" && this.#place >= 0) this.#open(this.#place);
    else if (event.key === "+" || event.key === "=") this.#nearer(place, 0.5);
    else if (event.key === "-") this.#nearer(place, 2);
    else if (event.key === "Escape") this.#zoom(null);
    else return;
    event.preventDefault();
  }

  #open(place) { location.assign(at(`answers/${this.#data.answers[place]}`)); }

  // ---- zooming ----------------------------------------------------------------------------------------------------

  #select(x) {
    this.#drag.to = x;
    const [a, b] = [this.#drag.from, x].sort((one, other) => one - other), {top, height} = this.#box;
    this.band.hidden = b - a < 5;
    this.band.style.height = `${height}px`;
    this.band.style.transform = `translate(${a}px, ${top}px) scaleX(${b - a})`;
    if (b - a >= 5) this.#unmark();
  }

  #release(event) {
    if (!this.#drag) return;
    const [a, b] = [this.#drag.from, this.#x(event)].sort((one, other) => one - other);
    this.#drag = null;
    this.band.hidden = true;
    if (b - a >= 12) { this.#zoom([this.#time(a), this.#time(b)]); return; }
    const place = this.#nearest(event);
    if (place >= 0 && event.pointerType === "mouse") this.#open(place);   // a finger first reads, then follows the link
    else this.#mark(place);
  }

  #nearer(place, factor) {
    const [from, to] = this.#shown, middle = this.#data.times[place] ?? (from + to) / 2, half = (to - from) * factor / 2;
    const [first, last] = roomy(this.#data);
    if (2 * half >= last - first) this.#zoom(null);
    else this.#zoom([middle - half, middle + half]);
  }

  #zoom(between) { this.dispatchEvent(new CustomEvent("zoom", {detail: between, bubbles: true})); }

  // ---- drawing ----------------------------------------------------------------------------------------------------

  #draw() {
    const data = this.#data, wide = this.clientWidth, high = this.clientHeight;
    if (!data || !wide || !high) return;
    const started = performance.now(), css = getComputedStyle(this), sharp = devicePixelRatio;
    this.canvas.width = wide * sharp;
    this.canvas.height = high * sharp;
    const pen = this.canvas.getContext("2d");
    pen.scale(sharp, sharp);
    const ink = name => { this.probe.style.color = `var(${colour[name]})`; return getComputedStyle(this.probe).color; };
    const em = parseFloat(css.fontSize), small = 0.78 * em;
    pen.font = `${small}px ${css.fontFamily}`;
    const steps = heightSteps(...data.heights, this.large ? 5 : 3);
    const label = value => String(+value.toFixed(6));
    const left = Math.ceil(Math.max(...steps.map(step => pen.measureText(label(step)).width)) + 0.7 * em);
    this.#box = {left, top: 0.6 * em, width: wide - left - 0.7 * em, height: high - 2.2 * em};
    const {top, width, height} = this.#box;
    this.#drawBands(pen, ink);
    this.#drawScale(pen, ink, {steps, label, small, em, data});
    pen.save();
    pen.beginPath();
    pen.rect(left - 6, top - 6, width + 12, height + 12);
    pen.clip();
    this.#drawDots(pen, ink);
    this.#drawLine(pen, data.median, ink("line"), this.large ? 2.5 : 2);
    this.#drawLine(pen, data.change, ink("change"), this.large ? 2 : 1.6, [1, 0]);
    pen.restore();
    this.drawnMs = performance.now() - started;
    if (!this.mark.hidden && this.#place >= 0) this.#mark(this.#place);
  }

  #drawBands(pen, ink) {
    const {target, usual, heights: [bottom, ceiling]} = this.#data, {left, top, width, height} = this.#box;
    const within = value => Math.max(bottom, Math.min(ceiling, value));
    if (target) {
      const high = this.#top(within(target[1] ?? ceiling)), low = this.#top(within(target[0] ?? bottom));
      pen.fillStyle = ink("band");
      pen.globalAlpha = 0.15;
      pen.fillRect(left, high, width, Math.max(1, low - high));
      pen.globalAlpha = 1;
    }
    if (!usual) return;
    const high = this.#top(within(usual[2])), low = this.#top(within(usual[0]));
    pen.save();
    pen.beginPath();
    pen.rect(left, high, width, Math.max(1, low - high));
    pen.clip();
    pen.strokeStyle = ink("usual");
    pen.globalAlpha = 0.3;
    pen.lineWidth = 1;
    pen.beginPath();
    for (let x = left - height; x < left + width; x += HATCH) { pen.moveTo(x, top + height); pen.lineTo(x + height, top); }
    pen.stroke();
    pen.restore();
    this.#drawLine(pen, this.#shown.map(time => [time, usual[1]]), ink("usual"), 1, [5, 4]);
  }

  #drawScale(pen, ink, {steps, label, small, em, data}) {
    const {left, top, width, height} = this.#box;
    pen.fillStyle = ink("text");
    pen.strokeStyle = ink("grid");
    pen.lineWidth = 1;
    pen.textBaseline = "middle";
    pen.textAlign = "right";
    for (const step of steps) {
      const y = Math.round(this.#top(step)) + 0.5;
      pen.beginPath();
      pen.moveTo(left, y);
      pen.lineTo(left + width, y);
      pen.stroke();
      pen.fillText(label(step), left - 0.45 * em, y);
    }
    pen.textBaseline = "alphabetic";
    pen.textAlign = "center";
    let free = 0;
    for (const [time, text] of timeLabels(...this.#shown, Math.max(2, Math.floor(width / (7 * small))))) {
      const x = this.#left(time), half = pen.measureText(text).width / 2;
      if (x - half < free || x + half > left + width + 0.7 * em) continue;
      free = x + half + small;
      pen.fillText(text, x, top + height + 1.3 * em);
      pen.fillRect(Math.round(x), top + height, 1, 4);
    }
    if (this.large && data.by === "answer") this.#drawDays(pen, ink);
  }

  #drawDays(pen, ink) {
    const days = dayStarts(...this.#shown), {top, height} = this.#box;
    if (days.length > 8) return;
    pen.fillStyle = ink("grid");
    for (const day of days) pen.fillRect(Math.round(this.#left(day)), top, 1, height);
  }

  #drawDots(pen, ink) {
    const {times, values, count} = this.#data, many = count > MANY;
    const size = many ? 1.6 : this.large ? 3.6 : 2.4;
    pen.fillStyle = ink("dot");
    pen.globalAlpha = many ? Math.max(0.12, 0.75 * Math.sqrt(MANY / times.length)) : 0.7;
    for (let n = 0; n < times.length; n++) {
      const x = this.#left(times[n]), y = this.#top(values[n]);
      if (many) { pen.fillRect(x - size, y - size, 2 * size, 2 * size); continue; }
      pen.beginPath();
      pen.arc(x, y, size, 0, 7);
      pen.fill();
    }
    pen.globalAlpha = 1;
  }

  #drawLine(pen, points, stroke, width, dash = []) {
    if (points.length < 2) return;
    pen.strokeStyle = stroke;
    pen.lineWidth = width;
    pen.lineJoin = "round";
    pen.setLineDash(dash);
    pen.beginPath();
    points.forEach(([time, value], n) => pen[n ? "lineTo" : "moveTo"](this.#left(time), this.#top(value)));
    pen.stroke();
    pen.setLineDash([]);
  }
}

const LEAST = {answer: 1800, day: 4 * 86400, week: 28 * 86400};

/** From the first number to the last with a little room; two answers a minute apart are not at the two ends. */
export const roomy = ({whole: [first, last], by}) => {
  const room = Math.max(0.02 * (last - first), (LEAST[by] - (last - first)) / 2);
  return [first - room, last + room];
};

const lowest = (sorted, wanted) => {
  let low = 0, high = sorted.length;
  while (low < high) { const middle = low + high >> 1; if (sorted[middle] < wanted) low = middle + 1; else high = middle; }
  return low;
};

const written = {
  answer: {day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit"},
  day: {weekday: "short", day: "numeric", month: "short", year: "numeric"},
};

const when = (time, by) => {
  const text = new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang, written[by] ?? written.day).format(1000 * time);
  return by === "week" ? fill(_("Week of {day}"), {day: text}) : text;
};

customElements.define("trend-chart", TrendChart);
