// One's own notes on the question that is practised from them; kept before the call, or it could not be held.
import {act, at, byId, notice} from "./live.js";
import {_, troubled} from "./words.js";

const about = byId("notes-about"), text = byId("notes-text"), state = byId("notes-state");

/** The field for notes: `show(pack, questions)` follows what is chosen, `hide()` leaves it, `keep()` resolves to what is practised. */
export const notes = () => {
  let pack = null, kept = null, ready = Promise.resolve();

  const read = async () => {
    const asked = {pack: pack.id, question: about.value};
    kept = null;
    text.disabled = true;
    text.value = state.textContent = "";
    const answer = await fetch(at(`practise/notes?${new URLSearchParams(asked)}`)).catch(() => null);
    const told = await answer?.json().catch(() => null);
    if (asked.pack !== pack?.id || asked.question !== about.value) return;
    if (!answer?.ok) { notice(troubled(told ?? {message: _("The studio does not answer"), cure: _("Start voicerehearsal again.")})); return; }
    text.value = told.text;
    text.disabled = false;
    if (!told.begun) state.textContent = _("Its talking points are here as a start: put them in your own words.");
    kept = told.begun ? text.value : null;
  };

  const write = async quiet => {
    const body = {pack: pack.id, question: about.value, text: text.value};
    if (text.disabled || body.text === kept) return;
    await act("practise/notes", body, {method: "PUT", quiet});
    if (body.question !== about.value || body.pack !== pack?.id) return;
    kept = body.text;
    state.textContent = _("Your notes are kept.");
  };

  const show = (chosen, questions) => {
    const same = pack?.id === chosen.id && questions.some(one => one.id === about.value);
    const stands = same ? about.value : questions[0]?.id;
    pack = chosen;
    byId("notes").hidden = false;
    about.lang = text.lang = chosen.language;
    about.replaceChildren(...questions.map(one => new Option(one.text, one.id)));
    about.value = stands;
    if (!same) ready = read();
  };

  const hide = () => { byId("notes").hidden = true; };

  /** Keep what is written; the question it is about. Rejects where it cannot be kept. */
  const keep = async () => {
    await ready;
    try { await write(false); } catch (error) { text.focus(); throw error; }
    return about.value;
  };

  about.addEventListener("change", () => { ready = read(); });
  text.addEventListener("input", () => { state.textContent = ""; });
  // What is wrong with it is said when it is needed: at the start.
  text.addEventListener("change", () => { ready = write(true).catch(() => {}); });
  return {show, hide, keep};
};
