// Settings take effect as they are chosen; devices are tried, models fetched, everything checked.
import {act, at, byId, live, made, notice, say, usable} from "./live.js";
import {meter} from "./meter.js";
import {_, fill, troubled} from "./words.js";

const root = document.documentElement;

// ---- choices --------------------------------------------------------------------------------------------------------

const kept = byId("kept");
let fading = 0;

const valueOf = field => {
  if (field.type === "checkbox") return field.checked;
  if (field.type === "number") return field.valueAsNumber;
  if (field.name === "end_silence_s") return field.value ? Number(field.value) : null;
  return field.value || null;
};

const effects = {
  theme: value => { if (value === "auto") delete root.dataset.theme; else root.dataset.theme = value; },
  interface_language: () => location.reload(),
  microphone: () => { if (testing) test(true); },
};

const choose = async field => {
  if (!field.checkValidity()) return field.reportValidity();
  const value = valueOf(field);
  if (field.name === "theme") effects.theme(value);
  const answer = await act("settings", {[field.name]: value}, {method: "PUT"}).catch(() => null);
  if (!answer) return;
  if (field.name !== "theme") effects[field.name]?.(value);
  kept.textContent = _("Kept");
  kept.hidden = false;
  clearTimeout(fading);
  fading = setTimeout(() => { kept.hidden = true; }, 2500);
};

document.addEventListener("change", event => { if (event.target.name) choose(event.target); });

// ---- sound ----------------------------------------------------------------------------------------------------------

const level = meter(byId("test-meter"));
let testing = false;

const devices = async () => {
  const found = await fetch(at("practise/devices")).then(answer => answer.json()).catch(() => null);
  if (!found) return;
  for (const [id, names] of [["microphone", found.microphones], ["speaker", found.speakers]]) {
    const select = byId(id);
    const chosen = select.value || select.dataset.chosen;
    // One that was chosen and is not here now stays the choice: it may be plugged in again.
    const rows = chosen && !names.includes(chosen) ? [...names, chosen] : names;
    const called = name => names.includes(name) ? name : fill(_("{name} (not here now)"), {name});
    select.replaceChildren(new Option(_("The one of the system"), ""), ...rows.map(name => new Option(called(name), name)));
    select.value = chosen;
  }
  byId("no-devices").hidden = !found.message;
  byId("no-devices").textContent = troubled(found);
  byId("test-microphone").disabled = !found.microphones.length;
  byId("tone").disabled = !found.speakers.length;
};

const test = on => {
  const [microphone, speaker] = ["microphone", "speaker"].map(id => byId(id).value || null);
  return act("act/sound-check", {on, microphone, speaker}).catch(() => {});
};

const showTest = tried => {
  testing = Boolean(tried);
  const button = byId("test-microphone");
  button.setAttribute("aria-pressed", String(testing));
  button.textContent = testing ? _("Stop testing") : _("Test it");
  byId("testing").hidden = !testing;
  const verdict = byId("test-verdict"), heard = byId("test-heard");
  const words = tried && (troubled({message: tried.trouble}) || tried.verdict);
  verdict.hidden = !words;
  verdict.textContent = words || "";
  verdict.className = `pill wrap ${tried?.good && !tried.trouble ? "good" : "warn"}`;
  heard.hidden = !tried?.heard;
  heard.textContent = tried?.heard ? fill(_("Heard: “{words}”"), {words: tried.heard}) : "";
  if (!testing) level(-60);
};

byId("test-microphone").addEventListener("click", () => test(!testing));
byId("look-again").addEventListener("click", devices);
byId("tone").addEventListener("click", () => act("act/settings/tone", {speaker: byId("speaker").value || null}).catch(() => {}));

const showTone = ({name, state, error}) => {
  if (name !== "tone") return;
  byId("tone").setAttribute("aria-pressed", String(state !== "silent"));
  if (error) notice(troubled(error));
};

// ---- models ---------------------------------------------------------------------------------------------------------

for (const button of document.querySelectorAll(".install")) {
  button.addEventListener("click", () => {
    button.disabled = true;
    act("act/settings/install", {language: button.closest("li").dataset.model}).catch(() => { button.disabled = false; });
  });
}

const showModel = ({language, state, done, all, line, error}) => {
  const row = document.querySelector(`li[data-model="${CSS.escape(language)}"]`);
  const [bar, words, button, mark] = ["progress", ".line", ".install", ".pill"].map(one => row?.querySelector(one));
  if (!button) return;
  bar.hidden = state !== "fetching";
  if (all) { bar.max = all; bar.value = done; }
  words.hidden = false;
  words.textContent = error ? troubled(error) : state === "installed" ? _("Installed.") : line;
  button.disabled = state === "fetching";
  button.hidden = state === "installed";
  if (state === "installed") { mark.textContent = _("here"); mark.className = "pill good"; }
};

// ---- check-up -------------------------------------------------------------------------------------------------------

const MARKS = {good: () => _("good"), lacking: () => _("goes without"), missing: () => _("missing")};
const TONES = {good: "good", lacking: "warn", missing: "bad"};

const findingRow = ({part, state, found, cure}) => {
  const row = made("li"), words = made("div");
  words.append(made("strong", part), " ", made("span", MARKS[state](), {className: `pill ${TONES[state]}`}), made("p", found, {className: "soft found"}));
  if (cure) words.append(made("p", cure, {className: "cure"}));
  row.append(words);
  return row;
};

let asked = false;

const showCheck = ({findings, going_on: goingOn, able}) => {
  byId("findings").replaceChildren(...findings.map(findingRow));
  byId("check").disabled = goingOn;
  byId("check-state").textContent = goingOn ? _("Looking …") : able ? _("A rehearsal can be held.") : _("A rehearsal cannot be held yet.");
  if (!goingOn && asked) say(byId("check-state").textContent);
};

byId("check").addEventListener("click", () => { asked = true; act("act/settings/check-up").catch(() => {}); });

// ---- data -----------------------------------------------------------------------------------------------------------

byId("bring").addEventListener("change", async ({target}) => {
  const file = target.files[0];
  if (!file) return;
  byId("brought").textContent = _("Reading …");
  const answer = await fetch(at("history/import"), {method: "PUT", headers: {"x-name": encodeURIComponent(file.name)}, body: file}).catch(() => null);
  const read = await answer?.json().catch(() => null);
  byId("brought").textContent = answer?.ok ? read.lines.join(" ") : "";
  if (!answer?.ok) notice(read ? troubled(read) : _("The file did not arrive. Larger ones come back with: voicerehearsal import FILE"));
  target.value = "";
});

const deleting = byId("deleting");
byId("delete-all").addEventListener("click", () => { byId("word").value = ""; byId("really").disabled = true; deleting.showModal(); });
byId("word").addEventListener("input", () => { byId("really").disabled = byId("word").value.trim().toLowerCase() !== "delete"; });
deleting.addEventListener("close", async () => {
  if (deleting.returnValue !== "yes") return;
  const word = byId("word").value;
  if (await act("act/data/delete-everything", {word}).then(() => true, () => false)) location.reload();
});

usable();
devices();
live({
  stage: stage => showTest(stage.sound_check),
  level: ({level_dbfs: heard}) => { if (testing) level(heard); },
  aloud: showTone,
  model: showModel,
  "check-up": showCheck,
});
window.addEventListener("pagehide", () => { if (testing) navigator.sendBeacon(at("act/sound-check"), JSON.stringify({on: false})); });
