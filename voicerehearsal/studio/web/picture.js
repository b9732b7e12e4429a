// <answer-picture>: one answer over time. Give it `data` (see picture.json) and tell it `at(t)` while it sounds.
// It says "seek" {t}, "loop" {start, end} | null, and with the attribute "picking" "pick" {from, to} for words.
import {_} from "./words.js";
import {clock} from "./clock.js";
import {colours, drawPicture} from "./picture_draw.js";
import {legend} from "./picture_legend.js";
import {momentInWords} from "./picture_moment.js";
import {SpokenWords, wordAt} from "./picture_words.js";

const LEAST_VIEW_S = 2;
const DRAG_PX = 5;
const NEAR_PX = 8;
const CLOSER_MS = 150;

class AnswerPicture extends HTMLElement {
  #data = null; #t = 0; #word = -1; #loop = null; #view = {from: 0, to: 1}; #closer = null; #scale = {reach_st: 6, top_db: -10};
  #width = 0; #height = 0; #lanes = {}; #paint = null; #fingers = new Map(); #drag = null; #wait = 0; #frame = 0; #anchor = null; #words; #seen = new AbortController();
  /** Set to (from, to) => tracks | null: asked for a closer look at a stretch. */
  closer = null;

  connectedCallback() {
    if (this.stage) return;
    this.#build();
    const on = (target, kind, act, more = {}) => target.addEventListener(kind, act, {signal: this.#seen.signal, ...more});
    const again = () => { this.#paint = null; this.#later(); };
    new ResizeObserver(() => this.#later()).observe(this.stage);
    on(matchMedia("(prefers-color-scheme: dark)"), "change", again);
    new MutationObserver(again).observe(document.documentElement, {attributeFilter: ["data-theme"]});
    on(this.stage, "pointerdown", e => this.#down(e));
    on(this.stage, "pointermove", e => this.#move(e));
    on(this.stage, "pointerup", e => this.#up(e));
    on(this.stage, "pointercancel", e => { this.#fingers.delete(e.pointerId); this.#drag = null; });
    on(this.stage, "pointerleave", () => { this.tip.hidden = true; });
    on(this.stage, "wheel", e => this.#wheel(e), {passive: false});
    on(this.stage, "keydown", e => this.#key(e));
    on(this.slide, "input", () => this.#show(+this.slide.value, +this.slide.value + this.#span));
    on(this.tools, "click", e => { const b = e.target.closest("button"); if (b) this.zoom({in: 0.5, out: 2, all: Infinity}[b.dataset.zoom]); });
    if (this.#data) this.data = this.#data;
  }

  disconnectedCallback() { this.#seen.abort(); }

  /** What picture.json holds; `tracks` may be null and come later. */
  set data(data) {
    const same = this.#data?.answer === data.answer;
    const sameWords = same && this.#data.words === data.words;
    this.#data = data;
    if (!this.stage) return;
    if (!same) { this.#view = {from: 0, to: data.duration_s}; this.#loop = null; this.#t = 0; this.#closer = null; }
    const said = _("Answer over time: arrows move, P to the next pause, F to the next filler, brackets mark a loop");
    this.stage.setAttribute("aria-label", said);
    this.stage.setAttribute("aria-valuemax", data.duration_s.toFixed(1));
    this.toggleAttribute("silent", Boolean(data.no_tracks));
    this.text.hidden = this.hasAttribute("no-text") || !data.words.length;
    if (!sameWords) this.#words.show(data); // who walks through the words keeps the place
    this.key.replaceChildren(legend(data));
    this.#measure();
    this.#word = -2;
    this.#later();
    this.at(this.#t);
  }

  get data() { return this.#data; }
  get time() { return this.#t; }
  get loop() { return this.#loop; }
  get #span() { return this.#view.to - this.#view.from; }

  /** The tracks, when they came later than the rest. */
  set tracks(tracks) { this.#data = {...this.#data, tracks}; this.#measure(); this.#later(); }

  /** Show that moment `t` sounds; called some twenty times a second, so nothing is drawn anew. */
  at(t) {
    const data = this.#data;
    if (!data || !this.stage) return;
    this.#t = Math.max(0, Math.min(t, data.duration_s));
    this.#follow();
    this.#place();
    const word = this.#words.light(this.#t, true);
    if (word === this.#word) return;
    this.#word = word;
    this.#speak();
  }

  /** Hold a stretch, or with null none, without telling. */
  hold(loop) { this.#loop = loop; this.#place(); }

  /** Show `factor` times as much, around the cursor or around `t`. */
  zoom(factor, t = null) {
    const middle = t ?? (this.#t >= this.#view.from && this.#t <= this.#view.to ? this.#t : (this.#view.from + this.#view.to) / 2);
    const span = Math.min(this.#data.duration_s, Math.max(LEAST_VIEW_S, this.#span * factor));
    const from = middle - ((middle - this.#view.from) / this.#span) * span;
    this.#show(from, from + span);
  }

  #build() {
    const make = (tag, name, parent = this) => {
      const made = document.createElement(tag);
      made.className = name;
      parent.append(made);
      return made;
    };
    this.tools = make("div", "picture-tools");
    for (const [zoom, sign, text] of [["out", "−", _("Show more")], ["in", "+", _("Look closer")], ["all", _("Whole"), _("Show the whole answer")]]) {
      const made = make("button", "small", this.tools);
      Object.assign(made, {type: "button", textContent: sign, title: text, ariaLabel: text});
      made.dataset.zoom = zoom;
    }
    this.stage = make("div", "picture-stage");
    for (const [name, value] of [["tabindex", "0"], ["role", "slider"], ["aria-orientation", "horizontal"], ["aria-valuemin", "0"], ["aria-valuenow", "0"]]) this.stage.setAttribute(name, value);
    this.canvas = make("canvas", "", this.stage);
    this.canvas.setAttribute("aria-hidden", "true");
    this.lit = make("div", "picture-lit", this.stage);
    this.band = make("div", "picture-loop", this.stage);
    this.cursor = make("div", "picture-cursor", this.stage);
    this.hover = make("div", "picture-hover", this.stage);
    this.tip = make("div", "picture-tip", this.stage);
    this.tip.hidden = this.hover.hidden = true;
    this.slide = make("input", "picture-scroll");
    Object.assign(this.slide, {type: "range", min: 0, step: 0.1, ariaLabel: _("Scroll through the answer"), hidden: true});
    const key = make("details", "picture-key");
    make("summary", "", key).textContent = _("What the marks mean, and the keys");
    this.key = make("div", "", key);
    this.text = make("div", "picture-words");
    this.text.setAttribute("role", "group");
    this.text.setAttribute("aria-label", _("What was said"));
    this.#words = new SpokenWords(this.text, (at, extended) => this.#choose(at, extended));
  }

  #measure(tracks = this.#data.tracks) {
    if (!tracks?.loudness_db.length) return;
    const loud = [...tracks.loudness_db].sort((a, b) => a - b);
    const away = tracks.pitch_st.filter(v => v !== null).map(Math.abs).sort((a, b) => a - b);
    this.#scale = {top_db: Math.max(-55, loud[Math.floor(loud.length * 0.995)]), reach_st: Math.min(15, Math.max(5, (away[Math.floor(away.length * 0.98)] ?? 0) + 1))};
  }

  #show(from, to) {
    const {duration_s} = this.#data;
    const span = Math.min(duration_s, to - from);
    const start = Math.max(0, Math.min(from, duration_s - span));
    this.#view = {from: start, to: start + span};
    this.slide.hidden = span >= duration_s - 0.01;
    Object.assign(this.slide, {max: duration_s - span, value: start});
    this.#later();
    clearTimeout(this.#wait);
    this.#wait = setTimeout(() => this.#look(), CLOSER_MS);
  }

  async #look() {
    const {from, to} = this.#view;
    if (!this.closer || this.#data.no_tracks || to - from > this.#data.duration_s * 0.7) return;
    if (this.#closer && this.#closer.start_s <= from + 0.05 && this.#closer.end_s >= to - 0.05 && this.#closer.end_s - this.#closer.start_s < 4 * (to - from)) return;
    const margin = (to - from) / 2;
    const tracks = await this.closer(Math.max(0, from - margin), to + margin);
    if (!tracks) return;
    this.#closer = tracks;
    if (!this.#data.tracks?.loudness_db.length) this.#measure(tracks);
    this.#later();
  }

  #later() { this.#frame ||= requestAnimationFrame(() => { this.#frame = 0; this.#draw(); }); }

  #draw() {
    this.#width = this.stage.clientWidth;
    this.#height = this.stage.clientHeight;
    if (!this.#data || !this.#width) return;
    this.#paint ??= colours(this);
    const {from, to} = this.#view;
    const near = this.#closer;
    const tracks = near && near.start_s <= from + 0.05 && near.end_s >= Math.min(to, this.#data.duration_s) - 0.05 ? near : this.#data.tracks;
    const font = Math.max(11, Math.min(20, parseFloat(getComputedStyle(this).fontSize) * 0.78));
    this.#lanes = drawPicture(this.canvas, {data: this.#data, tracks, scale: this.#scale, view: this.#view, paint: this.#paint, width: this.#width, height: this.#height, font});
    this.#place();
  }

  #x(t) { return ((t - this.#view.from) / this.#span) * this.#width; }
  #time(e) {
    const box = this.stage.getBoundingClientRect();
    const share = Math.max(0, Math.min(1, (e.clientX - box.left) / box.width));
    return Math.max(0, Math.min(this.#data.duration_s, this.#view.from + share * this.#span));
  }

  #place() {
    const here = this.#x(this.#t);
    this.cursor.hidden = here < -1 || here > this.#width + 1;
    this.cursor.style.transform = `translateX(${here}px)`;
    this.band.hidden = !this.#loop;
    if (this.#loop) {
      const left = Math.max(-4, this.#x(this.#loop.start)), right = Math.min(this.#width + 4, this.#x(this.#loop.end));
      this.band.hidden = right <= left;
      Object.assign(this.band.style, {transform: `translateX(${left}px)`, width: `${right - left}px`});
    }
    const lane = this.#lanes.words;
    const word = lane ? this.#data.words[wordAt(this.#data.words, this.#t)] : null;
    this.lit.hidden = !word;
    if (word) Object.assign(this.lit.style, {transform: `translate(${this.#x(word.start_s)}px, ${lane.y}px)`, width: `${Math.max(4, this.#x(word.end_s) - this.#x(word.start_s))}px`, height: `${lane.h}px`});
  }

  // While it sounds, the view turns its page when the cursor leaves it.
  #follow() {
    if (this.#drag || this.#span >= this.#data.duration_s) return;
    if (this.#t < this.#view.from || this.#t > this.#view.to) this.#show(this.#t - 0.05 * this.#span, this.#t + 0.95 * this.#span);
  }

  #speak() {
    const word = this.#data.words[this.#word]?.text;
    this.stage.setAttribute("aria-valuenow", this.#t.toFixed(1));
    this.stage.setAttribute("aria-valuetext", word ? `${clock(this.#t, 1)}, ${word}` : clock(this.#t, 1));
  }

  #tell(name, detail) { this.dispatchEvent(new CustomEvent(name, {detail, bubbles: true})); }
  #seek(t) { this.at(t); this.#speak(); this.#tell("seek", {t: this.#t}); }
  #select(start, end, tell = true) {
    this.#loop = end - start > 0.05 ? {start, end} : null;
    this.#place();
    if (tell) this.#tell("loop", this.#loop);
  }
  /** End the loop. */
  unloop() { if (this.#loop) this.#select(0, 0); }

  #choose(at, extended) {
    const word = this.#data.words[at];
    if (!this.hasAttribute("picking")) { this.#seek(word.start_s); return; }
    this.#anchor = extended && this.#anchor !== null ? this.#anchor : at;
    const [from, to] = [Math.min(this.#anchor, at), Math.max(this.#anchor, at)];
    this.pick(from, to);
  }
  /** Pick the words from one place to another. */
  pick(from, to) {
    this.#words.choose(from, to);
    this.#tell("pick", {from, to});
  }
  /** Nothing is picked any more. */
  unpick() { this.#words.choose(-1, -1); }

  #down(e) {
    if (e.button || !this.#data) return;
    this.stage.setPointerCapture(e.pointerId);
    this.#fingers.set(e.pointerId, e);
    this.#drag = this.#fingers.size > 1 ? null : {from: this.#time(e), x: e.clientX, moved: false};
  }

  #move(e) {
    if (!this.#data) return;
    const before = this.#fingers.get(e.pointerId);
    if (before && this.#fingers.size === 2) { this.#pinch(e); return; }
    this.#hover(e);
    if (!before || !this.#drag) return;
    const t = this.#time(e);
    this.#drag.moved ||= Math.abs(e.clientX - this.#drag.x) > DRAG_PX;
    if (this.#drag.moved) this.#select(Math.min(t, this.#drag.from), Math.max(t, this.#drag.from), false);
  }

  #up(e) {
    this.#fingers.delete(e.pointerId);
    const drag = this.#drag;
    this.#drag = null;
    if (!drag) return;
    if (drag.moved) { this.#tell("loop", this.#loop); return; }
    if (this.#loop && (drag.from < this.#loop.start || drag.from > this.#loop.end)) this.unloop();
    this.#seek(drag.from);
  }

  #pinch(e) {
    const apart = () => { const [a, b] = [...this.#fingers.values()]; return Math.max(20, Math.abs(a.clientX - b.clientX)); };
    const was = apart();
    this.#fingers.set(e.pointerId, e);
    const [a, b] = [...this.#fingers.values()];
    this.zoom(was / apart(), this.#time({clientX: (a.clientX + b.clientX) / 2}));
  }

  #wheel(e) {
    if (!this.#data) return;
    const sideways = e.shiftKey ? e.deltaY || e.deltaX : e.deltaX;
    if (e.ctrlKey) this.zoom(Math.exp(Math.max(-50, Math.min(50, e.deltaY)) / 100), this.#time(e));
    else if (Math.abs(sideways) > Math.abs(e.shiftKey ? 0 : e.deltaY) && this.#span < this.#data.duration_s) {
      const by = (sideways / this.#width) * this.#span;
      this.#show(this.#view.from + by, this.#view.to + by);
    } else return;
    e.preventDefault();
  }

  #hover(e) {
    const t = this.#time(e);
    this.tip.hidden = this.hover.hidden = e.pointerType === "touch";
    const finer = this.#closer && this.#closer.start_s <= t && t < this.#closer.end_s ? this.#closer : this.#data.tracks;
    this.tip.textContent = momentInWords(this.#data, finer, t, (this.#span / this.#width) * NEAR_PX);
    const here = this.#x(t);
    this.hover.style.transform = `translateX(${here}px)`;
    const wide = this.tip.offsetWidth;
    this.tip.style.transform = `translateX(${Math.max(0, Math.min(this.#width - wide, here - wide / 2))}px)`;
  }

  #key(e) {
    if (!this.#data || e.ctrlKey || e.altKey || e.metaKey) return;
    const step = e.shiftKey ? 5 : 1, t = this.#t, end = this.#data.duration_s;
    const next = marks => marks.find(m => m.start_s > t + 0.02)?.start_s ?? marks[0]?.start_s ?? t;
    const acts = {
      ArrowLeft: () => this.#seek(t - step), ArrowRight: () => this.#seek(t + step),
      PageUp: () => this.#seek(t - 10), PageDown: () => this.#seek(t + 10), Home: () => this.#seek(0), End: () => this.#seek(end),
      p: () => this.#seek(next(this.#data.pauses)), f: () => this.#seek(next(this.#data.fillers)),
      "[": () => this.#select(t, Math.max(t, this.#loop && this.#loop.end > t ? this.#loop.end : end)),
      "]": () => this.#select(this.#loop && this.#loop.start < t ? this.#loop.start : 0, t),
      "+": () => this.zoom(0.5), "=": () => this.zoom(0.5), "-": () => this.zoom(2), 0: () => this.zoom(Infinity), Escape: () => this.unloop(),
    };
    const act = acts[e.key];
    if (!act) return;
    act();
    e.preventDefault();
  }
}

customElements.define("answer-picture", AnswerPicture);
