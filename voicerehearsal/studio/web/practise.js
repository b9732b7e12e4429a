// The practise page: one screen for each phase of the rehearsal, whose state the studio keeps.
import {act, byId, live, notice, say, usable} from "./live.js";
import {_} from "./words.js";
import {after} from "./after.js";
import {call} from "./call.js";
import {onKeys} from "./keys.js";
import {setup} from "./setup.js";

const data = JSON.parse(byId("data").textContent);
const dialog = byId("hang-up-dialog");
const TALKED_THROUGH = ["role-play", "questioning"];

let now = data.stage;
let busy = false;
// What is over stays in sight where it happened; who comes to the page anew comes to practise.
let choosing = performance.getEntriesByType("navigation")[0]?.type !== "reload";

const isOver = stage => stage.phase === "over" || stage.phase === "failed";

const screenOf = stage => {
  if (stage.phase === "idle" || (isOver(stage) && choosing)) return "setup";
  if (isOver(stage)) return stage.phase;
  const looks = stage.phase === "report" || (stage.phase === "measuring" && !TALKED_THROUGH.includes(stage.practice));
  return looks ? "after" : "call";
};

/** Ask the studio for something; until it answers, nothing else is asked, and `meanwhile` is shown. */
const ask = async (name, body = {}, meanwhile = null) => {
  if (busy) return;
  busy = true;
  const before = now;
  if (meanwhile) show({...now, ...meanwhile, can: {}});
  try {
    await act(`act/${name}`, body);
  } catch {
    if (meanwhile && now.phase === meanwhile.phase) show(before);
  } finally {
    busy = false;
  }
};

const start = body => {
  choosing = false;
  notice("");
  return ask("start", body, {phase: "preparing", doing: "", question: null, warnings: [], used: null, answer: null, step: 0, smile: null});
};

const end = () => ask("end", {}, now.phase === "listening" ? {phase: "measuring", answer: null, mutes_from_s: null, ended_by: "key"} : null);

/** Hang up; in the middle of an answer only after a second thought. */
const leave = () => {
  if (now.phase !== "listening") return ask("hang-up");
  dialog.returnValue = "";
  dialog.showModal();
};
dialog.addEventListener("close", () => { if (dialog.returnValue === "leave") ask("hang-up"); });

/** Be done with a call that is over. */
const chooseAnew = () => { choosing = true; return now.can.hang_up ? ask("hang-up") : show(now); };

const acts = {ask, start, end, leave, chooseAnew, now: () => now};
const screens = {setup: setup(data, acts), call: call(acts), after: after(acts)};
screens.over = screens.after.over;
screens.failed = screens.after.failed;

const sections = [...document.querySelectorAll("[data-screen]")];

const show = stage => {
  const before = now, was = document.body.dataset.screen;
  now = stage;
  if (!isOver(stage) && stage.phase !== "idle") choosing = false;
  const screen = screenOf(stage);
  document.body.dataset.screen = screen;
  for (const section of sections) section.hidden = section.dataset.screen !== screen;
  if (dialog.open && stage.phase !== "listening") dialog.close();
  screens[screen].show(stage, {before, entered: was !== screen, first: was === undefined});
};

const keys = () => {
  const {can, phase} = now, screen = document.body.dataset.screen;
  if (screen === "call") {
    const answer = phase === "ringing" ? () => screens.call.pickUp() : can.end ? end : null;
    return {" ": answer, Enter: answer, m: can.mute && (() => ask("mute")), q: leave, Escape: leave};
  }
  if (screen === "after" && phase === "report") return screens.after.keys(now);
  return {};
};

onKeys(keys);
byId("hang-up").addEventListener("click", leave);
byId("leave").addEventListener("click", leave);
byId("another").addEventListener("click", chooseAnew);
byId("retry").addEventListener("click", chooseAnew);

show(now);
usable();
live(
  {stage: show, level: tick => { screens[document.body.dataset.screen].level?.(tick); }, player: heard => screens.after.player(heard)},
  {
    lost: away => {
      document.body.toggleAttribute("data-away", away);
      notice(away ? _("The studio was closed. Nothing you said is lost; start voicerehearsal again.") : "");
      if (!away) say(_("The studio is back."));
    },
  },
);
