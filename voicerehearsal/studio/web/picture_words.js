// What was said as flowing text: every word a button at its moment, reached by one Tab and walked through by arrows.
import {_} from "./words.js";

const DOUBTFUL = 0.5;

/** The words of a picture; `chosen(at, extended)` is told the place of the one that was pressed. */
export class SpokenWords {
  #list; #data; #lit = -1; #chosen;

  constructor(list, chosen) {
    this.#list = list;
    this.#chosen = chosen;
    list.addEventListener("click", e => this.#press(e));
    list.addEventListener("keydown", e => this.#walk(e));
  }

  show(data) {
    this.#data = data;
    this.#lit = -1;
    this.#list.lang = data.language === "zh" ? "zh-Hans" : "en";
    this.#list.classList.toggle("joined", data.blank === "");
    this.#list.replaceChildren(...data.words.flatMap((word, i) => [button(word, i), data.blank]));
  }

  /** Light the word that sounds at `t` (−1: none) and return its place. */
  light(t, follow) {
    const at = wordAt(this.#data.words, t);
    if (at === this.#lit) return at;
    const kids = this.#list.children;
    kids[this.#lit]?.removeAttribute("aria-current");
    this.#lit = at;
    if (at >= 0) {
      kids[at].setAttribute("aria-current", "true");
      if (follow) bringIntoView(this.#list, kids[at]);
    }
    return at;
  }

  choose(from, to) {
    [...this.#list.children].forEach((kid, i) => kid.classList.toggle("chosen", i >= from && i <= to));
  }

  #press(e) {
    const kid = e.target.closest("button");
    if (!kid) return;
    this.#tab(kid);
    this.#chosen(+kid.dataset.at, e.shiftKey);
  }

  #walk(e) {
    const kid = e.target.closest("button");
    const to = {ArrowRight: kid?.nextElementSibling, ArrowLeft: kid?.previousElementSibling, Home: this.#list.firstElementChild, End: this.#list.lastElementChild}[e.key];
    if (!to) return;
    this.#tab(to);
    to.focus();
    e.preventDefault();
    e.stopPropagation();
  }

  #tab(kid) {
    this.#list.querySelector('[tabindex="0"]')?.setAttribute("tabindex", "-1");
    kid.tabIndex = 0;
  }
}

const button = (word, i) => {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = word.text;
  made.dataset.at = i;
  made.tabIndex = i ? -1 : 0;
  const told = [];
  if (word.filler !== null) told.push(["filler", _("filler")]);
  if (word.at === null) told.push(["pause", ""]);
  if (word.corrected) told.push(["corrected", _("corrected by you")]);
  if (word.at !== null && !word.corrected && word.confidence < DOUBTFUL) told.push(["doubtful", _("heard with doubt")]);
  made.className = told.map(([name]) => name).join(" ");
  made.title = told.map(([, text]) => text).filter(Boolean).join(", ");
  return made;
};

/** The place of the word that sounds at `t`, −1 between words. */
export const wordAt = (words, t) => {
  let low = 0, high = words.length - 1, hit = -1;
  while (low <= high) {
    const mid = (low + high) >> 1;
    if (words[mid].start_s <= t) { hit = mid; low = mid + 1; } else high = mid - 1;
  }
  return hit >= 0 && words[hit].end_s + 0.15 < t ? -1 : hit;
};

// Only the list scrolls, never the page under who reads elsewhere.
const bringIntoView = (list, kid) => {
  const top = kid.offsetTop - list.offsetTop;
  if (top < list.scrollTop || top + kid.offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = top - list.clientHeight / 3;
};
