// Home: the big button answers the phone; without a microphone it says so and offers the demonstration.
import {act, at, byId, live, painted, say, usable} from "./live.js";

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
  if (button.ariaDisabled === "true") {
    byId("demonstrate").focus();
    say(byId("no-microphone-what").textContent);
    return;
  }
  calling = true;
  await call(wishes).catch(() => { calling = false; });
});

const look = async () => {
  const found = await fetch(at("practise/devices")).then(one => one.json()).catch(() => null);
  if (!found) return;
  missing.hidden = found.microphones.length > 0;
  answer.ariaDisabled = String(!missing.hidden);
  byId("no-microphone-what").textContent = found.message ?? "";
  byId("no-microphone-cure").textContent = found.cure ?? "";
};

const {language} = answer.dataset;
press(answer, {language});
press(byId("demonstrate"), {language, demonstration: true});
byId("look-again").addEventListener("click", look);
addEventListener("pageshow", event => { if (event.persisted) location.reload(); });

usable();
painted().then(look);
live({stage: stage => { goesOn = !["idle", "over", "failed"].includes(stage.phase); }});
