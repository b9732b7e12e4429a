// Two answers over each other: one is heard, and a key goes on with the other one at the same place.
import "./picture.js";
import {act, at, byId, live, notice, say, usable} from "./live.js";
import {onKeys} from "./keys.js";
import {clock} from "./clock.js";
import {_, troubled} from "./words.js";

const {sides, anchors} = JSON.parse(byId("data").textContent);
const pictures = [byId("picture-0"), byId("picture-1")];
const lengths = sides.map(side => side.picture.duration_s);
const longest = Math.max(...lengths);
const LEAST_LOOP_S = 0.1;

const now = {side: 0, playing: false, loop: null};

/** Where the other answer says what this one says at `t`: between words that both have, in proportion. */
const across = (t, from) => {
  const to = 1 - from;
  const places = [[0, 0], ...anchors, lengths];
  const next = places.findIndex(place => place[from] > t);
  if (next < 1) return lengths[to];
  const [before, after] = [places[next - 1], places[next]];
  const share = (t - before[from]) / (after[from] - before[from]);
  return Math.min(lengths[to], before[to] + share * Math.max(0, after[to] - before[to]));
};

const acrossLoop = (loop, from) => {
  if (!loop) return null;
  const [start, end] = loop.map(t => across(t, from));
  return end - start < LEAST_LOOP_S ? null : [start, end];
};

const held = loop => loop && {start: loop[0], end: loop[1]};

/** Put both cursors where `t` of the answer `side` is. */
const place = (t, side) => {
  pictures[side].at(t);
  pictures[1 - side].at(across(t, side));
  byId("clock").textContent = `${clock(pictures[now.side].time, 1)} / ${clock(lengths[now.side], 1)}`;
  light();
};

const words = [...document.querySelectorAll("#said-words button")];
const own = side => words.filter(word => word.dataset["ab"[side]] !== undefined);
const spoken = [own(0), own(1)];
let lit = null;

/** Light the word that is heard. */
const light = () => {
  const letter = "ab"[now.side], t = pictures[now.side].time;
  const at = spoken[now.side].findLastIndex(word => +word.dataset[letter] <= t + 0.01);
  const word = now.playing && at >= 0 ? spoken[now.side][at] : null;
  if (word === lit) return;
  lit?.removeAttribute("aria-current");
  word?.setAttribute("aria-current", "true");
  lit = word;
};

const show = () => {
  byId("play").setAttribute("aria-pressed", now.playing);
  byId("play").firstChild.textContent = now.playing ? "❚❚ " : "▶ ";
  byId("play").querySelector("span").textContent = now.playing ? _("Pause") : _("Play");
  for (const side of [0, 1]) {
    byId(`side-${"ab"[side]}`).setAttribute("aria-pressed", side === now.side);
    byId(`box-${side}`).classList.toggle("chosen", side === now.side);
    byId(`box-${side}`).querySelector(".hearing").hidden = !(now.playing && side === now.side);
    pictures[side].hold(held(side === now.side ? now.loop : acrossLoop(now.loop, now.side)));
  }
  place(pictures[now.side].time, now.side);
};

const wish = patch => act("player", {answer: sides[now.side].answer, ...patch}).catch(() => {});

/** Hear the answer `side` from `t`. */
const hear = (side, t, loop = null) => {
  Object.assign(now, {side, loop});
  place(t, side);
  return wish({at_s: t, playing: true, loop});
};

const choose = side => {
  if (side === now.side) return;
  const t = across(pictures[now.side].time, now.side);
  const loop = acrossLoop(now.loop, now.side);
  Object.assign(now, {side, loop});
  say(side ? _("Now B") : _("Now A"));
  show();
  if (now.playing) hear(side, t, loop);
};

const turn = () => {
  const t = pictures[now.side].time;
  if (now.playing) wish({playing: false});
  else hear(now.side, t >= lengths[now.side] - 0.05 ? 0 : t, now.loop);
};

const told = message => {
  const side = sides.findIndex(one => one.answer === message.answer);
  // What was asked for last is not overruled by what was on its way already.
  if (side < 0 && !now.playing) return;
  if (side >= 0 && now.playing && message.error) notice(troubled(message.error));
  if (side < 0) now.playing = false;
  else if (side !== now.side && now.playing && message.playing) return;
  else Object.assign(now, {side: message.playing ? side : now.side, playing: message.playing, loop: side === now.side ? message.loop : now.loop});
  show();
  if (side === now.side) place(message.at_s, side);
};

const follow = (picture, side) => {
  picture.addEventListener("seek", ({detail}) => hear(side, Math.min(detail.t, lengths[side])));
  picture.addEventListener("loop", ({detail}) => {
    if (detail) hear(side, detail.start, [detail.start, Math.min(detail.end, lengths[side])]);
    else { now.loop = null; wish({loop: null}); show(); }
  });
};

const fetched = async (side, query) => {
  const answer = await fetch(at(`answers/${sides[side].answer}/picture.json${query}`));
  return answer.ok ? answer.json() : null;
};

for (const [side, picture] of pictures.entries()) {
  // On one time scale: the shorter answer ends where it ends.
  picture.data = {...sides[side].picture, duration_s: longest};
  picture.closer = sides[side].gone ? null : (from, to) => fetched(side, `?from=${from.toFixed(2)}&to=${Math.min(to, lengths[side]).toFixed(2)}`);
  follow(picture, side);
}
for (const side of [0, 1]) byId(`side-${"ab"[side]}`).addEventListener("click", () => choose(side));
byId("play").addEventListener("click", turn);
byId("switch").addEventListener("click", () => choose(1 - now.side));
byId("said-words")?.addEventListener("click", ({target}) => {
  const {a, b} = target.closest("button")?.dataset ?? {};
  if (a === undefined && b === undefined) return;
  const side = a === undefined ? 1 : b === undefined ? 0 : now.side;
  hear(side, +(side ? b : a));
});
// One stop for the tabulator; the arrows go from word to word.
if (words.length) words[0].tabIndex = 0;
byId("said-words")?.addEventListener("keydown", e => {
  const by = {ArrowLeft: -1, ArrowRight: 1}[e.key];
  const next = by && words[words.indexOf(e.target) + by];
  if (!next) return;
  e.preventDefault();
  e.target.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
});
for (const button of document.querySelectorAll(".said-at")) button.addEventListener("click", () => hear(+button.dataset.side, +button.dataset.at));
onKeys(() => ({x: () => choose(1 - now.side), 1: () => choose(0), 2: () => choose(1), " ": turn}));

// Who comes near the pictures is about to listen: reading both and waking the speaker takes half a second.
const ready = () => { for (const side of sides) if (!side.gone) act("player/ready", {answer: side.answer}, {quiet: true}).catch(() => {}); };
for (const kind of ["pointerenter", "focusin"]) document.querySelector(".compare-pictures").addEventListener(kind, ready, {once: true});

show();
usable();
live({player: told}, {hears: sides.map(side => side.answer)});
for (const side of [0, 1]) {
  const whole = sides[side].gone ? null : await fetched(side, "");
  if (whole) pictures[side].data = {...pictures[side].data, tracks: whole.tracks, no_tracks: whole.no_tracks};
}
