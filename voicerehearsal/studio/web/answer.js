// The page of one answer: picture, sound, report, corrections, notes.
import "./picture.js";
import {act, at, byId, live, say, usable} from "./live.js";
import {corrections} from "./correct.js";
import {playerBar} from "./player_bar.js";
import {followReport} from "./report.js";
import {_} from "./words.js";

const data = JSON.parse(byId("data").textContent);
const page = name => byId(name);

const fetched = async query => {
  const answer = await fetch(at(`answers/${data.answer}/picture.json${query}`)).catch(() => null);
  return answer?.ok ? answer.json() : null;
};

const notes = () => {
  const list = byId("tags");
  const keep = async (body, done) => {
    const now = await act(`answers/${data.answer}/labels`, body, {method: "PUT"}).catch(() => null);
    if (now) done(now);
  };
  const draw = tags => list.replaceChildren(...tags.map(tag => {
    const item = document.createElement("li");
    const off = document.createElement("button");
    Object.assign(off, {type: "button", className: "tag", textContent: `#${tag} ✕`, title: _("Take this tag off")});
    off.addEventListener("click", () => keep({remove: [tag]}, now => { draw(now.tags); byId("tag").focus(); }));
    item.append(off);
    return item;
  }));
  draw(JSON.parse(list.dataset.tags));
  byId("tag-form").addEventListener("submit", e => {
    e.preventDefault();
    const add = byId("tag").value.trim();
    if (add) keep({add: [add]}, now => { draw(now.tags); byId("tag").value = ""; });
  });
  const state = byId("note-state");
  byId("note").addEventListener("input", () => { state.textContent = _("not kept yet"); });
  byId("note-form").addEventListener("submit", e => {
    e.preventDefault();
    keep({note: byId("note").value}, now => { byId("note").value = now.note; state.textContent = _("kept"); });
  });
};

const measuring = () => {
  const start = document.querySelector("[data-measure]");
  start?.addEventListener("click", async () => {
    start.disabled = true;
    start.textContent = _("Measuring …");
    say(_("Measuring …"));
    const done = await act(`answers/${data.answer}/measure`).then(() => true, () => false);
    if (done) location.reload();
    else { start.disabled = false; start.textContent = _("Measure it"); }
  });
};

const deleting = () => {
  const sure = byId("sure");
  byId("delete").addEventListener("click", () => { sure.returnValue = ""; sure.showModal(); });
  sure.addEventListener("close", async () => {
    if (sure.returnValue !== "delete") return;
    const done = await act(`answers/${data.answer}`, {}, {method: "DELETE"}).then(() => true, () => false);
    if (done) location.assign(at("history"));
  });
};

const picture = byId("picture");
picture.data = data.picture;
if (!data.gone) picture.closer = (from, to) => fetched(`?from=${from.toFixed(2)}&to=${to.toFixed(2)}`);
const player = data.gone ? {told: () => {}, hear: t => picture.at(t)} : playerBar(byId("player"), data.answer, picture, [byId("report")]);
const {judge} = corrections({answer: data.answer, picture, report: byId("report"), hear: player.hear});
followReport(byId("report"), {hear: player.hear, judge});
notes();
measuring();
deleting();
usable();
live({player: player.told}, {hears: data.answer});
if (!data.gone) {
  const whole = await fetched("");
  if (whole) picture.data = {...picture.data, tracks: whole.tracks, no_tracks: whole.no_tracks};
}
