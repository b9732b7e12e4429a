// Three readings, from which a voice's smile is learned: what to read and how, the level, and what came of it.
import {act, byId, live, say, usable} from "./live.js";
import {clock} from "./clock.js";
import {meter} from "./meter.js";
import {_, fill, troubled} from "./words.js";

const {faces, state: first} = JSON.parse(byId("data").textContent);
const level = meter(byId("meter"));
const mainAct = byId("main-act");
const steps = [...document.querySelectorAll(".steps li")];
const HELD = ["opening", "ready", "reading", "judging"];

let now = {phase: "idle"};

const wish = name => act(`act/calibrate/${name}`).catch(() => {});
const start = () => act("act/calibrate/start", {language: document.querySelector("[name=language]:checked").value}).catch(() => {});

const ACTS = {
  opening: () => _("The microphone is being opened …"),
  ready: () => _("Begin to read"),
  reading: () => _("I have read it"),
  judging: () => _("One moment …"),
};

const showReading = ({phase, number, language, why, microphone}) => {
  const face = faces[number - 1];
  byId("step").textContent = fill(_("Reading {n} of 3"), {n: number});
  byId("reading-title").textContent = face.title;
  byId("manner").textContent = face.manner;
  byId("why").hidden = !why;
  byId("why").textContent = why ? fill(_("{why}. Once more, please."), {why}) : "";
  byId("reading").dataset.phase = phase;
  byId("used").textContent = microphone ? fill(_("Microphone: {name}"), {name: microphone}) : "";
  for (const one of document.querySelectorAll(".sentences")) one.hidden = one.dataset.language !== language;
  steps.forEach((step, index) => { step.dataset.is = index + 1 < number ? "read" : index + 1 === number ? "now" : "later"; });
  mainAct.textContent = ACTS[phase]();
  mainAct.disabled = phase === "opening" || phase === "judging";
  byId("once-more").hidden = phase !== "reading";
  byId("go-back").hidden = phase !== "ready" || number === 1;
  if (phase !== "reading") { level(-60); byId("clock").textContent = "0:00"; }
};

const showResult = ({tellable, told, mind}) => {
  byId("result-title").textContent = tellable ? _("Your smile can be told") : _("Your smile cannot be told yet");
  byId("told").textContent = told;
  byId("mind").hidden = !mind;
  byId("mind").textContent = mind;
  byId("means").textContent = tellable
    ? _("From now on every answer says whether your smile can be heard, and where it fades. The phone asks for your greeting before it connects.")
    : _("Try it again with a broader smile, kept from the first word to the last, in a quiet room.");
};

const show = state => {
  const before = now;
  now = state;
  byId("idle").hidden = !["idle", "failed"].includes(state.phase);
  byId("reading").hidden = !HELD.includes(state.phase);
  byId("result").hidden = state.phase !== "done";
  byId("failed").hidden = !state.error;
  byId("failed").textContent = troubled(state.error ?? {});
  if (HELD.includes(state.phase)) showReading(state);
  if (state.result) showResult(state.result);
  if (before.phase === state.phase && before.number === state.number) return;
  // A page that changes by itself says so, and keeps the keyboard where the next act is.
  if (state.phase === "ready") { say(`${byId("step").textContent}. ${byId("manner").textContent}`); mainAct.focus(); }
  if (state.phase === "reading") say(_("Read now."));
  if (state.phase === "done") byId("result-title").focus();
};

const go = () => {
  if (now.phase === "ready") wish("begin");
  if (now.phase === "reading") wish("end");
};

byId("start").addEventListener("click", start);
byId("start-over").addEventListener("click", start);
mainAct.addEventListener("click", go);
byId("once-more").addEventListener("click", () => wish("again"));
byId("go-back").addEventListener("click", () => wish("back"));
byId("cancel").addEventListener("click", () => wish("cancel"));
// What is known now is drawn by the studio.
byId("close").addEventListener("click", async () => { await wish("cancel"); location.reload(); });
byId("remove")?.addEventListener("click", async () => { if (await act("act/calibrate/remove").then(() => true, () => false)) location.reload(); });
document.addEventListener("keydown", event => {
  if (event.key === "Escape" && HELD.includes(now.phase)) wish("cancel");
  if (event.key === " " && document.activeElement === document.body && HELD.includes(now.phase)) { event.preventDefault(); go(); }
});

show(first);
usable();
live({
  calibration: show,
  level: ({level_dbfs: heard, elapsed_s: elapsed}) => {
    if (now.phase !== "reading") return;
    level(heard);
    byId("clock").textContent = clock(elapsed);
  },
});
