// Before the call: what to practise and how, and whether the sound is right.
import {act, at, byId, made, notice, painted} from "./live.js";
import {meter} from "./meter.js";
import {notes} from "./notes.js";
import {_, fill, troubled} from "./words.js";

const form = byId("setup-form");

const ONE_THING = ["role-play", "drill", "questioning", "notes"];
const CUTS_IN = ["", "interview", "notes"];

/** The screen before a call. */
export const setup = ({packs, next, asked}, {ask, start, now}) => {
  const level = meter(byId("check-meter"));
  const written = notes();
  const value = name => form.elements[name].value;
  const suits = question => !question.not.includes(value("kind"));
  const packNow = () => packs.find(pack => pack.id === byId("pack").value);

  const fillPacks = chosen => {
    const fitting = packs.filter(pack => pack.language === value("language") && pack.questions.some(suits));
    // Notes are on one question, so that its pack must be known.
    const first = value("kind") === "notes" ? next[value("language")]?.pack ?? fitting[0]?.id : "";
    const due = value("kind") === "notes" ? [] : [new Option(_("Whatever is due"), "")];
    byId("pack").replaceChildren(...due, ...fitting.map(pack => new Option(pack.title, pack.id)));
    byId("pack").value = fitting.some(pack => pack.id === chosen) ? chosen : first;
    fillQuestions();
  };

  const fillQuestions = () => {
    const pack = packNow(), offered = next[value("language")];
    byId("pack-why").textContent = pack ? questionsIn(pack) : offered ? `${offered.title}: ${offered.why}` : "";
    byId("some-questions").hidden = !pack;
    byId("question-list").lang = pack?.language ?? "";
    byId("question-list").replaceChildren(...(pack?.questions ?? []).filter(suits).map(question => {
      const label = made("label", "", {className: question.follows ? "check follows" : "check"});
      label.append(made("input", "", {type: "checkbox", name: "question", value: question.id}), made("span", question.text));
      return label;
    }));
    follow();
  };

  /** What goes with the kind of practice and the chosen questions, and what does not. */
  const follow = () => {
    const kind = value("kind"), some = chosenQuestions().length;
    byId("count").disabled = ONE_THING.includes(kind) || some > 0;
    form.elements.interruptions.disabled = !CUTS_IN.includes(kind);
    byId("interruptions-label").classList.toggle("off", !CUTS_IN.includes(kind));
    followNotes();
  };

  const followNotes = () => {
    const pack = packNow(), some = chosenQuestions();
    if (value("kind") !== "notes" || !pack) written.hide();
    else written.show(pack, pack.questions.filter(one => !some.length || some.includes(one.id)));
  };

  const begin = async () => {
    const wanted = wishes();
    if (wanted.kind === "notes" && wanted.pack) {
      const about = await written.keep();
      wanted.questions = [about, ...wanted.questions.filter(one => one !== about)];
    }
    return start(wanted);
  };

  const chosenQuestions = () => [...form.querySelectorAll("[name=question]:checked")].map(box => box.value);

  const wishes = () => ({
    pack: value("pack") || null,
    kind: value("kind") || null,
    questions: chosenQuestions(),
    count: byId("count").disabled ? null : Number(value("count")) || null,
    language: value("language"),
    phone_line: form.elements.phone_line.checked,
    interruptions: form.elements.interruptions.checked && !form.elements.interruptions.disabled,
    end_silence_s: Number(value("end_silence_s")) || null,
    microphone: value("microphone") || null,
    speaker: value("speaker") || null,
  });

  const applyAsked = () => {
    const pack = packs.find(one => one.id === asked.pack);
    const language = pack?.language ?? asked.language;
    for (const [name, wanted] of [["language", language], ["kind", asked.kind]]) {
      const radio = [...form.elements[name]].find(one => one.value === wanted);
      if (radio && wanted) radio.checked = true;
    }
    fillPacks(asked.pack);
    const boxes = asked.question ? [...form.querySelectorAll("[name=question]")].filter(box => box.value === asked.question) : [];
    for (const box of boxes) { box.checked = true; byId("some-questions").open = true; }
    follow();
  };

  form.addEventListener("change", event => {
    if (["language", "kind"].includes(event.target.name)) fillPacks(byId("pack").value);
    else if (event.target.name === "pack") fillQuestions();
    else if (event.target.name === "question") follow();
    else if (["microphone", "speaker"].includes(event.target.name) && checking()) check(true);
  });
  form.addEventListener("submit", event => { event.preventDefault(); begin().catch(() => {}); });
  byId("demonstrate").addEventListener("click", () => start({...wishes(), demonstration: true}));
  byId("look-again").addEventListener("click", () => devices());

  // ---- the sound ----------------------------------------------------------------------------------------------------

  const checking = () => Boolean(now().sound_check);
  const check = on => {
    const [microphone, speaker] = ["microphone", "speaker"].map(name => value(name) || null);
    return act("act/sound-check", {on, microphone, speaker, language: value("language")}).catch(() => {});
  };
  byId("check").addEventListener("click", () => check(!checking()));

  const showCheck = tried => {
    byId("check").setAttribute("aria-pressed", Boolean(tried));
    byId("check").querySelector("span").textContent = tried ? _("Stop checking") : _("Check the sound");
    byId("checking").hidden = !tried;
    if (!tried) { level(-60); return; }
    byId("check-trouble").hidden = !tried.trouble;
    byId("check-trouble").textContent = troubled({message: tried.trouble});
    const verdict = byId("check-heard");
    const words = tried.heard ? fill(_("Heard: “{words}”"), {words: tried.heard}) : tried.no_words_because;
    verdict.hidden = !words && !tried.verdict;
    const mark = tried.verdict && made("b", tried.verdict, {className: `pill ${tried.good ? "good" : "warn"}`});
    verdict.replaceChildren(...[mark, words && made("span", words)].filter(Boolean));
    byId("check-say").textContent = tried.playing ? _("This is how you sounded.")
      : tried.on && !tried.microphone ? _("One moment.") : _("Say something, such as your name and what you had for breakfast.");
  };

  const devices = async () => {
    const found = await fetch(at("practise/devices")).then(answer => answer.json()).catch(() => null);
    if (!found?.microphones) return;
    const none = !found.microphones.length;
    byId("no-microphone").hidden = !none;
    byId("with-microphone").hidden = none;
    byId("start").disabled = none;
    byId("start-why").textContent = none ? _("A call needs a microphone; a demonstration does not.") : "";
    byId("no-microphone-what").textContent = troubled({message: found.message});
    byId("no-microphone-cure").textContent = found.cure ?? "";
    for (const [id, names] of [["microphone", found.microphones], ["speaker", found.speakers]]) {
      const select = byId(id), chosen = select.value;
      select.replaceChildren(new Option(_("The one of the system"), ""), ...names.map(name => new Option(name, name)));
      select.value = names.includes(chosen) ? chosen : "";
    }
  };

  applyAsked();
  let looked = false;

  const show = (stage, {first, entered}) => {
    showCheck(stage.sound_check);
    if (entered && !looked) { looked = true; painted().then(devices); }
    if (!entered || first) return;
    document.title = `${byId("setup-title").textContent} · voicerehearsal`;
    notice("");
    byId("setup-title").focus();
  };

  return {show, level: tick => { if (checking()) level(tick.level_dbfs); }};
};

const questionsIn = pack => {
  const main = pack.questions.filter(question => !question.follows).length;
  return fill(_("Questions: {main}, follow-ups: {rest}"), {main, rest: pack.questions.length - main});
};
