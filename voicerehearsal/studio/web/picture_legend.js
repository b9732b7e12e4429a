// What each mark of the picture means, and which keys there are.
import {_} from "./words.js";

/** The legend of what `data` has. */
export const legend = data => {
  const list = document.createElement("ul");
  list.className = "picture-legend";
  const marks = [
    ["wave", _("sound: how far the sound wave swings"), true],
    ["pitch", _("pitch in semitones, the dashed line is your own middle"), !data.no_tracks],
    ["loudness", _("loudness"), !data.no_tracks],
    ["pace", _("pace around each moment, the shaded band is the target"), data.pace.length],
    ["short", _("pause"), data.pauses.length],
    ["long", _("long pause, with its length"), data.pauses.some(p => p.kind === "long")],
    ["dead", _("silence that hurts: hatched"), data.pauses.some(p => p.kind === "dead_air")],
    ["muted", _("you were muted"), data.mutes.length],
    ["made", _("talking point made, with its number"), data.points.some(p => p.covered)],
    ["missed", _("talking point missed: what came nearest to it"), data.points.some(p => !p.covered && p.at_s !== null)],
    ["um", _("filled pause; pale when it is doubtful"), data.fillers.some(f => f.kind === "filled_pause")],
    ["phrase", _("filler word or phrase"), data.fillers.some(f => f.kind === "phrase")],
    ["surge", _("surge: faster and louder at once"), data.surges.length],
    ["praise", _("remark: what worked"), data.remarks.some(r => r.kind === "praise")],
    ["change", _("remark: what to change"), data.remarks.some(r => r.kind === "change")],
    ["looped", _("the stretch that is looped"), true],
    ["doubtful", _("dotted words were heard with doubt"), data.words.some(w => w.confidence < 0.5)],
  ].filter(([, , shown]) => shown);
  list.append(...marks.map(([name, text]) => entry(name, text)));
  const keys = document.createElement("p");
  keys.className = "picture-keys soft";
  keys.textContent = _("Click: hear from there. Drag: loop. Ctrl and wheel, or + and −: zoom. ← → one second, with Shift five. P next pause, F next filler, [ and ] the ends of the loop, Esc ends it, Space plays and pauses.");
  const all = document.createElement("div");
  all.append(list, keys);
  return all;
};

const entry = (name, text) => {
  const item = document.createElement("li");
  const mark = document.createElement("i");
  mark.className = `mark ${name}`;
  mark.setAttribute("aria-hidden", "true");
  item.append(mark, document.createTextNode(text));
  return item;
};
