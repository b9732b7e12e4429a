// Saying what the measures got wrong: words, fillers and points; kept at once, told politely, taken back by one button.
import {act, byId, notice, say, setFragment} from "./live.js";
import {_} from "./words.js";

/** Let the page's `picture` and report be corrected; `hear(at)` plays. */
export const corrections = ({answer, picture, report, hear}) => {
  const editor = byId("editor");
  const form = byId("editor-form");
  const words = byId("said-words");
  const undoing = byId("undo");
  const toggle = byId("correct");
  let picked = null, undo = null;

  const send = async (path, body) => {
    const told = await act(`answers/${answer}/${path}`, body, {method: "PUT"}).catch(() => null);
    if (!told) return;
    notice("");
    picture.data = {...told.picture, tracks: picture.data.tracks, no_tracks: picture.data.no_tracks};
    setFragment(report, told.report);
    undo = told.undo;
    undoing.hidden = false;
    undoing.querySelector("span").textContent = told.said;
    say(told.said);
  };

  const stretch = () => {
    const some = picture.data.words.slice(picked.from, picked.to + 1);
    const fillers = picture.data.fillers;
    const of = some.map(one => one.filler).find(at => at !== null) ?? null;
    return {
      some,
      start_s: Math.min(...some.map(one => one.start_s)),
      end_s: Math.max(...some.map(one => one.end_s)),
      text: some.filter(one => one.at !== null).map(one => one.text).join(picture.data.blank || " "),
      filler: of === null ? null : fillers[of],
    };
  };

  const open = detail => {
    picked = detail;
    const {text, some, filler} = stretch();
    byId("heard").textContent = some.map(one => one.text).join(picture.data.blank);
    words.value = text;
    words.closest("div").hidden = form.querySelector(".primary").parentElement.hidden = !text;
    const shown = {filler: !filler || filler.confidence < 1, "no-filler": Boolean(filler), "take-back": Boolean(filler && filler.confidence === 1)};
    for (const [name, on] of Object.entries(shown)) form.querySelector(`[data-do="${name}"]`).hidden = !on;
    if (!editor.open) editor.showModal();
    if (text) words.select();
  };

  const filler = verdict => {
    const {start_s, end_s, some, filler: known, text} = stretch();
    const spoken = known?.kind ?? (some.some(one => one.at !== null) ? "phrase" : "filled_pause");
    const at = known ?? {start_s, end_s, text};
    return send("fillers", {start_s: at.start_s, end_s: at.end_s, kind: spoken, text: at.text, verdict});
  };
  const rewrite = text => {
    const {start_s, end_s, some} = stretch();
    const said = some.filter(one => one.at !== null);
    const [from, to] = said.length ? [said[0].start_s, said.at(-1).end_s] : [start_s, end_s];
    return send("words", {corrections: [{start_s: from, end_s: to, text}]});
  };
  const acts = {
    filler: () => filler("confirmed"),
    "no-filler": () => filler("struck"),
    "take-back": () => filler(null),
    "as-heard": () => rewrite(null),
    close: () => {},
  };

  const widen = (before, after) => picture.pick(Math.max(0, picked.from - before), Math.min(picture.data.words.length - 1, picked.to + after));
  picture.addEventListener("pick", ({detail}) => open(detail));
  byId("before").addEventListener("click", () => widen(1, 0));
  byId("after").addEventListener("click", () => widen(0, 1));
  form.addEventListener("submit", e => {
    e.preventDefault();
    editor.close();
    rewrite(words.value);
  });
  form.addEventListener("click", e => {
    const pressed = e.target.closest("[data-do]");
    if (!pressed) return;
    editor.close();
    acts[pressed.dataset.do]();
  });
  editor.addEventListener("close", () => picture.unpick());
  byId("hear").addEventListener("click", () => hear(Math.max(0, stretch().start_s - 0.5)));
  undoing.querySelector("button").addEventListener("click", async () => {
    if (!undo) return;
    await send(undo.path, undo.body);
    undo = null;
    undoing.hidden = true;
    toggle?.focus();
    say(_("Taken back."));
  });
  // What nobody heard as a word has no button of its own: it is marked by dragging over it.
  const mark = byId("mark");
  const marks = () => { mark.disabled = !picture.loop; };
  picture.addEventListener("loop", marks);
  mark.addEventListener("click", () => {
    if (picture.loop) send("fillers", {start_s: picture.loop.start, end_s: picture.loop.end, kind: "filled_pause", text: "", verdict: "confirmed"});
  });
  toggle?.addEventListener("click", () => {
    const on = toggle.getAttribute("aria-pressed") !== "true";
    toggle.setAttribute("aria-pressed", on);
    picture.toggleAttribute("picking", on);
    document.body.classList.toggle("correcting", on);
    byId("hint").hidden = !on;
    marks();
  });
  return {judge: (id, verdict) => send("points", {id, verdict})};
};
