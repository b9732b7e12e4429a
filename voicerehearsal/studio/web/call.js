// The phone: it rings, somebody asks, the answer runs.
import {byId, made, notice, say} from "./live.js";
import {shownIn} from "./clock.js";
import {meter} from "./meter.js";
import {_, fill} from "./words.js";

const section = byId("call");
const [title, state, closing, mute, endButton] = ["call-title", "call-state", "closing", "mute", "end"].map(byId);
const LAST_SECONDS_S = 15;
const PATIENCE_S = 1.5;

const isMuted = stage => stage.mutes_from_s !== null && stage.mutes_from_s !== undefined;
const mood = stage => stage.phase === "listening" && isMuted(stage) ? "muted" : stage.phase;

/** The screen of the phone. */
export const call = ({ask, end, leave, now}) => {
  const level = meter(byId("call-meter")), time = shownIn(byId("clock"));
  const disc = byId("orb-disc");
  const pickUp = () => ask("pick-up");
  byId("pick-up").addEventListener("click", pickUp);
  byId("decline").addEventListener("click", leave);
  mute.addEventListener("click", () => ask("mute"));
  endButton.addEventListener("click", end);

  const show = (stage, {before, entered}) => {
    const is = mood(stage), was = section.dataset.phase;
    if (entered) notice("");
    section.dataset.phase = is;
    byId("call-pack").textContent = stage.pack?.title ?? "";
    byId("call-pack").lang = stage.pack?.language ?? "";
    place(stage);
    words(stage, is);
    state.textContent = inWords(stage, is);
    buttons(stage, is);
    warnings(stage.warnings);
    conversation(stage);
    if (is === was && !entered && stage.question?.text === before.question?.text) return;
    if (is !== was && is !== "muted" && was !== "muted") rest();
    document.title = `${state.textContent || title.textContent} · voicerehearsal`;
    focus(is);
    announce(stage, is, was);
  };

  const rest = () => { time(0); level(-60); disc.style.transform = ""; grow(0); byId("left").hidden = true; };

  const grow = share => {
    closing.style.strokeDashoffset = 1 - Math.min(1, Math.max(0, share));
    closing.classList.toggle("grows", share > 0);
  };

  const tick = ({elapsed_s, level_dbfs, silence_s, end_silence_s, left_s, muted}) => {
    const stage = now();
    if (!["listening", "greeting"].includes(stage.phase)) return;
    const paused = muted && isMuted(stage);
    time(paused ? elapsed_s - stage.mutes_from_s : elapsed_s);
    level(muted ? -60 : level_dbfs);
    disc.style.transform = muted ? "" : `scale(${(0.8 + 0.2 * Math.max(0, 1 + level_dbfs / 50)).toFixed(3)})`;
    const patience = Math.min(PATIENCE_S, end_silence_s / 2);
    const share = muted ? 0 : (silence_s - patience) / (end_silence_s - patience);
    grow(share);
    const last = left_s !== null && left_s <= LAST_SECONDS_S;
    byId("left").hidden = !last;
    if (last) byId("left").textContent = fill(_("{n} s left"), {n: Math.ceil(left_s)});
  };

  return {show, level: tick, pickUp};
};

const place = stage => {
  const pill = byId("call-place");
  pill.hidden = !stage.step || !stage.of;
  pill.textContent = fill(_("Question {step} of {of}"), {step: stage.step, of: stage.of});
};

/** What stands in the middle: who calls, or what is asked. */
const words = (stage, is) => {
  const {question} = stage;
  const asks = question && !["ringing", "greeting"].includes(is) && !(is === "preparing" && stage.step === 0);
  const over = {preparing: asks ? "" : _("Getting ready"), ringing: _("Incoming call"), greeting: _("Before you pick up")};
  byId("call-over").textContent = over[is] ?? (question?.attempt > 1 ? fill(_("Attempt {n}"), {n: question.attempt}) : "");
  title.textContent = asks ? question.text : is === "greeting" ? _("Say your greeting with a smile") : stage.pack?.title ?? _("One moment");
  title.lang = asks ? question.language : is === "greeting" ? "" : stage.pack?.language ?? "";
  section.toggleAttribute("data-asks", Boolean(asks));
  const lines = byId("call-lines");
  lines.hidden = !asks || !question.lines.length;
  lines.lang = question?.language ?? "";
  lines.replaceChildren(...(asks ? question.lines : []).map(line => made("li", line)));
  const why = byId("call-why");
  why.hidden = !asks || !question.why;
  why.querySelector("p").textContent = question?.why ?? "";
};

const inWords = (stage, is) => ({
  preparing: stage.doing || _("One moment."),
  ringing: stage.demonstration ? _("A demonstration: a second voice will answer") : stage.of > 1 ? fill(_("{n} questions"), {n: stage.of}) : "",
  greeting: stage.smile?.text ?? _("Speak now. It is only heard, not kept."),
  asking: stage.spoken ? _("Listen to the question") : _("Read the question"),
  speaking: stage.doing || _("Listen"),
  listening: stage.demonstration ? _("A second voice answers") : _("You are on the phone"),
  muted: _("Muted. Breathe in, and slowly out."),
  measuring: _("Measuring"),
})[is] ?? "";

const buttons = (stage, is) => {
  const rings = is === "ringing";
  byId("pick-up").hidden = byId("decline").hidden = byId("call-smile").hidden = !rings;
  byId("hang-up").hidden = rings;
  mute.hidden = !["listening", "muted", "asking"].includes(is);
  mute.disabled = !stage.can.mute;
  mute.setAttribute("aria-pressed", is === "muted");
  mute.querySelector("span").textContent = is === "muted" ? _("Back on the phone") : _("Mute and breathe");
  endButton.hidden = !["listening", "muted", "asking", "speaking", "greeting"].includes(is);
  const label = {asking: _("Answer now"), speaking: _("Go on"), greeting: _("Go on to the call")}[is] ?? _("End the answer");
  endButton.querySelector("span").textContent = label;
};

const warnings = all => {
  const list = byId("call-warnings");
  list.hidden = !all.length;
  if (list.children.length !== all.length) list.replaceChildren(...all.map(text => made("li", text)));
};

/** The focus lies where the next press should go; on a button only where pressing it is the likely thing. */
const focus = is => {
  const at = {ringing: byId("pick-up"), listening: endButton, asking: endButton, greeting: endButton, muted: mute, speaking: endButton}[is] ?? title;
  if (!document.querySelector("dialog[open]")) at.focus({preventScroll: true});
  scrollTo(0, 0);
};

const announce = (stage, is, was) => {
  if (is === "ringing") say(fill(_("{title} is calling. Smile, and pick up."), {title: stage.pack?.title ?? ""}));
  if (is === "asking" && !stage.spoken) say(stage.question.text);
  if (is === "listening") say(was === "muted" ? _("You are heard again.") : _("Speak now."));
  if (is === "muted") say(_("Muted."));
  if (is === "measuring") say(_("Measuring."));
};

// ---- what was said until now, in the kinds of practice that are one conversation -------------------------------------

const KEPT_UNDER = "voicerehearsal-conversation";
const TALKS = ["role-play", "questioning"];
let said = JSON.parse(sessionStorage.getItem(KEPT_UNDER) ?? "[]");

const conversation = stage => {
  if (["ringing", "preparing"].includes(stage.phase) && !stage.step) said = [];
  const list = byId("conversation");
  list.hidden = !TALKS.includes(stage.practice) || !said.length;
  if (!TALKS.includes(stage.practice) || !stage.question) return;
  // Several things may have happened since the last look: the reply comes first, then the word on it, then what is said to it.
  stage.answers.forEach((answer, nth) => add("you", fill(_("Your reply {n}"), {n: nth + 1}), ""));
  for (const comment of stage.comments) add(comment.good === false ? "worse" : "coach", comment.text, "");
  if (["asking", "speaking"].includes(stage.phase)) add("them", stage.question.text, stage.question.language);
  const past = ["asking", "speaking", "listening", "measuring"].includes(stage.phase) ? said.filter(one => one.text !== stage.question.text) : said;
  list.hidden = !past.length;
  list.replaceChildren(...past.map(one => made("li", one.text, {lang: one.lang, className: one.who})));
  list.scrollTop = list.scrollHeight;
};

/** The same may be said again of another reply, but not twice of one. */
const add = (who, text, lang) => {
  const about = who === "you" ? said : said.slice(said.findLastIndex(one => one.who === "you") + 1);
  if (about.some(one => one.who === who && one.text === text)) return;
  said.push({who, text, lang});
  sessionStorage.setItem(KEPT_UNDER, JSON.stringify(said));
};
