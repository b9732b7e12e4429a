// <trend-chart>: one measure over time. Everything that stands still is on a canvas; what is read at the moment is a
// mark and a small label above it. Bands, medians and changes come with the data: nothing is worked out here.
import {at} from "./live.js";
import {_, fill} from "./words.js";
import {boxOf, drawChart} from "./chart_draw.js";
import {when} from "./scale.js";

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

const NEAR = 28;

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
    const wide = this.clientWidth, high = this.clientHeight, sharp = devicePixelRatio;
    if (!this.#data || !wide || !high) return;
    const started = performance.now(), css = getComputedStyle(this);
    this.canvas.width = wide * sharp;
    this.canvas.height = high * sharp;
    const pen = this.canvas.getContext("2d");
    pen.scale(sharp, sharp);
    const scene = {
      data: this.#data, shown: this.#shown, large: this.large, wide, high,
      letters: parseFloat(css.fontSize), font: css.fontFamily,
      left: time => this.#left(time), top: value => this.#top(value),
      ink: name => { this.probe.style.color = `var(${name})`; return getComputedStyle(this.probe).color; },
    };
    this.#box = scene.box = boxOf(pen, scene);
    drawChart(pen, scene);
    this.drawnMs = performance.now() - started;
    if (!this.mark.hidden && this.#place >= 0) this.#mark(this.#place);
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

customElements.define("trend-chart", TrendChart);
