// Home: the big button answers the phone; without a microphone it says so and offers the demonstration.
import {act, at, byId, live, painted, say, usable} from "./live.js";
import {saving} from "./saving.js";
import {_} from "./words.js";

const answer = byId("answer-phone"), missing = byId("no-microphone");
let goesOn = false, calling = false;

const call = async wishes => {
  // A call that goes on already is the one to answer.
  if (!goesOn) await act("act/start", wishes);
  location.href = at("practise");
};

// A button that cannot be pressed keeps the focus and says why; only `disabled` would lose both.
const press = (button, wishes) => button.addEventListener("click", async () => {
  if (calling) return;
  if (button.ariaDisabled === "true" && !goesOn) {
    byId("demonstrate").focus();
    say(byId("no-microphone-what").textContent);
    return;
  }
  calling = true;
  await call(wishes).catch(() => { calling = false; });
});

const look = async () => {
  const found = await fetch(at("practise/devices")).then(one => one.json()).catch(() => null);
  if (!found?.microphones) return;
  missing.hidden = found.microphones.length > 0;
  follow();
  byId("no-microphone-what").textContent = found.message ?? "";
  byId("no-microphone-cure").textContent = found.cure ?? "";
};

/** A call that goes on can be gone back to, whatever became of the microphone. */
const follow = () => {
  byId("answer-words").textContent = goesOn ? _("Back to the call") : _("Answer the phone");
  answer.ariaDisabled = String(!goesOn && !missing.hidden);
};

const {language} = answer.dataset;
press(answer, {language});
press(byId("demonstrate"), {language, demonstration: true});
byId("look-again").addEventListener("click", look);
addEventListener("pageshow", event => { if (event.persisted) location.reload(); });

usable();
painted().then(look);
if (byId("left-behind")) saving(() => { byId("left-behind-what").hidden = true; byId("left-behind").classList.replace("warn", "good"); });
live({stage: stage => { goesOn = !["idle", "over", "failed"].includes(stage.phase); follow(); }});
