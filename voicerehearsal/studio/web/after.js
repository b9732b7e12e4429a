// After an answer: how it went, and what next; after the call: the look back; after a failure: its cure.
import {act, at, byId, fragment, made, notice, say, setFragment} from "./live.js";
import {followReport} from "./report.js";
import {saving} from "./saving.js";
import {_, fill, troubled} from "./words.js";

const report = byId("report"), next = byId("next"), listen = byId("listen");

const unsaved = saving();
let shown = null;
let playing = false;

/** The screens that follow an answer, a call, and a failure. */
export const after = ({ask, start, leave}) => {
  const acts = {
    again: () => ask("again"),
    next: () => ask("next"),
    "follow-up": () => ask("follow-up"),
    listen: () => { const wanted = !playing; sounds(wanted); play({playing: wanted}); },
  };
  for (const [id, does] of Object.entries(acts)) byId(id).addEventListener("click", does);
  followReport(report, {hear: at_s => play({at_s, playing: true}), judge});
  byId("failed-demonstrate").addEventListener("click", () => start({demonstration: true}));

  const show = (stage, {entered, before}) => {
    const another = entered || stage.question?.id !== before.question?.id;
    heading(stage);
    comments(byId("comments"), stage.comments);
    compared(stage);
    onward(stage);
    if (another && stage.phase === "measuring") wait();
    if (stage.phase === "report" && (stage.answer !== shown || another || before.phase !== "report")) fetchReport(stage);
  };

  const keys = ({can}) => ({
    Enter: can.next && acts.next,
    a: can.again && !byId("again").hidden && acts.again,
    f: can.follow_up && acts["follow-up"],
    l: shown !== null && acts.listen,
    q: leave,
    Escape: leave,
  });

  const player = heard => {
    if (heard.answer !== shown) return;
    if (playing !== heard.playing) sounds(heard.playing);
    if (heard.error) notice(troubled(heard.error));
  };

  return {show, keys, player, over: {show: showOver}, failed: {show: showFailed}};
};

const play = wish => act("player", {answer: shown, ...wish}).catch(() => sounds(false));

const sounds = now => {
  playing = now;
  listen.querySelector("span").textContent = now ? _("Pause") : _("Listen");
  listen.setAttribute("aria-pressed", now);
};

const judge = async (id, verdict) => {
  const told = await act(`answers/${shown}/points`, {id, verdict}, {method: "PUT"}).catch(() => null);
  if (!told) return;
  setFragment(report, told.report);
  say(told.said);
};

const heading = ({question, step, of}) => {
  const parts = [];
  if (step && of) parts.push(fill(_("Question {step} of {of}"), {step, of}));
  if (question?.attempt > 1) parts.push(fill(_("Attempt {n}"), {n: question.attempt}));
  byId("after-place").textContent = parts.join(" · ");
  byId("after-question").textContent = question?.text ?? "";
  byId("after-question").lang = question?.language ?? "";
};

const wait = () => {
  shown = null;
  report.replaceChildren();
  report.setAttribute("aria-busy", "true");
  byId("skeleton").hidden = false;
  byId("after-title").textContent = _("Measuring your answer");
  document.title = `${_("Measuring your answer")} · voicerehearsal`;
  byId("after-title").focus({preventScroll: true});
  scrollTo(0, 0);
  say(_("Measuring your answer"));
};

const fetchReport = async stage => {
  shown = stage.answer;
  sounds(false);
  listen.hidden = shown === null;
  byId("after-title").textContent = _("How it went");
  document.title = `${_("How it went")} · voicerehearsal`;
  if (shown === null) report.replaceChildren(made("p", _("Nothing was recorded, so there is nothing to show.")));
  else {
    const html = await fragment(`answers/${shown}/report`).catch(error => { report.replaceChildren(made("p", error.message)); });
    if (shown !== stage.answer) return;
    if (html) setFragment(report, html);
    act("player/ready", {answer: shown}, {quiet: true}).catch(() => {});
  }
  byId("skeleton").hidden = true;
  report.setAttribute("aria-busy", "false");
  scrollTo(0, 0);
  byId("after-title").focus({preventScroll: true});
  say(shown === null ? _("Nothing was recorded.") : _("The report on your answer is here."));
};

const ENDINGS = () => ({
  lost: _("The answer was cut off; what was said until then is kept."),
  time_limit: _("The time was over."),
  interrupted: _("The interviewer cut in."),
});

const onward = stage => {
  const {can, phase, ended_by} = stage, ready = phase === "report";
  const ending = ENDINGS()[ended_by];
  byId("after-ended").hidden = !ending;
  byId("after-ended").textContent = ending ?? "";
  byId("again").disabled = !can.again;
  byId("again").hidden = stage.onward === "again";
  byId("follow-up").hidden = !can.follow_up;
  byId("leave").disabled = !can.hang_up;
  next.disabled = !can.next;
  next.querySelector("span").textContent = {again: _("Once more"), finish: _("Finish")}[stage.onward] ?? _("Next question");
  listen.disabled = !ready || stage.answer === null;
};

const comments = (list, all) => {
  list.hidden = !all.length;
  list.replaceChildren(...all.map(one => {
    const item = made("li", one.text, {className: one.good === true ? "good" : one.good === false ? "bad" : ""});
    if (one.table.length) item.append(tableOf(one.table));
    return item;
  }));
};

const tableOf = ([head, ...rows]) => {
  const box = made("div", "", {className: "scroll"}), table = made("table");
  const celled = (cell, tag) => {
    const field = made(tag);
    field.append(cell);
    return field;
  };
  const line = (cells, tag) => {
    const row = made("tr");
    row.append(...cells.map((cell, nth) => celled(cell, cell && !nth ? "th" : cell ? tag : "td")));
    return row;
  };
  table.append(line(head, "th"), ...rows.map(row => line(row, "td")));
  box.append(table);
  return box;
};

const compared = ({compared: lines, against, answer}) => {
  const card = byId("compared");
  card.hidden = !lines.length;
  card.querySelector("ul").replaceChildren(...lines.filter(Boolean).map(line => made("li", line)));
  byId("compared-link").parentElement.hidden = !(against && answer);
  byId("compared-link").href = at(`compare?a=${against}&b=${answer}`);
};

/** A question by its text, which leads to practising it, and the title of its pack where that says more. */
const askedLink = ({pack, id, text, title, language}, here) => {
  const asked = made("span", "", {className: "asked-again"});
  const href = at(`practise?pack=${encodeURIComponent(pack)}&question=${encodeURIComponent(id)}`);
  asked.append(made("a", text, {href, title: text, lang: language ?? ""}));
  if (pack !== here) asked.append(made("small", title, {lang: language ?? ""}));
  return asked;
};

const glance = (rows, here) => {
  byId("glance").hidden = !rows.length;
  const head = ["", _("question"), _("pace"), _("pauses"), _("points"), _("length")];
  const shown = rows.map(({now, asked, cells}) => [now ? _("now") : _("before"), asked ? askedLink(asked, here) : "–", ...cells]);
  byId("glance").replaceChildren(...(rows.length ? [tableOf([head, ...shown])] : []));
};

const upNext = ({cause, asked, made: share}, here) => {
  if (!asked) return [];
  const due = _("Next, because it is due:"), lacks = _("Next, because only {share} % of its points were made:");
  const why = made("p", cause === "due" ? due : fill(lacks, {share: Math.round(100 * share)})), which = made("p");
  which.append(askedLink(asked, here));
  return [why, which];
};

const showOver = (stage, {entered}) => {
  const {told, onward, rows} = stage.look_back ?? {told: [], onward: null, rows: []}, here = stage.pack?.id;
  const nothing = stage.answers.length ? _("That was it. Well done.") : _("No answer was given this time.");
  const said = told.length ? told : [nothing];
  byId("look-back").replaceChildren(...said.map(line => made("p", line)), ...(onward ? upNext(onward, here) : []));
  const warnings = (stage.answers.length ? [] : stage.warnings).map(text => ({text, good: null, table: []}));
  comments(byId("over-comments"), [...warnings, ...stage.comments]);
  byId("over-answers-card").hidden = !stage.answers.length;
  byId("over-answers").replaceChildren(...stage.answers.map((answer, nth) => {
    const item = made("li"), asked = stage.answers_to[nth], lang = asked ? stage.pack?.language ?? "" : "";
    item.append(made("a", asked || fill(_("Answer {n}"), {n: answer}), {href: at(`answers/${answer}`), lang}));
    return item;
  }));
  glance(rows, here);
  if (!entered) return;
  document.title = `${byId("over-title").textContent} · voicerehearsal`;
  byId("over-title").focus();
  scrollTo(0, 0);
  say(_("The call is over."));
};

const showFailed = ({error, answers}, {entered}) => {
  notice("");
  byId("failed-title").textContent = troubled({message: error?.message ?? _("Something is wrong")});
  byId("failed-cure").textContent = error?.cure ?? "";
  byId("failed-kept").hidden = !answers.length;
  byId("failed-icon").hidden = !error?.device;
  byId("failed-save").hidden = !error?.unsaved;
  byId("retry").classList.toggle("primary", !error?.unsaved);
  byId("failed-demonstrate").hidden = error?.demonstration === false;
  if (!entered) return;
  unsaved();
  document.title = `${_("Something is wrong")} · voicerehearsal`;
  byId("failed-title").focus();
  say(troubled(error ?? {}));
};
