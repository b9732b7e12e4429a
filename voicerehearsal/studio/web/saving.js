// A recording that a broken-off rehearsal left behind: one press puts it among the answers.
import {act, at, byId, made} from "./live.js";
import {_} from "./words.js";

/** Let the button save; `then` is told when nothing is left. */
export const saving = (then = () => {}) => {
  const button = byId("save-it"), said = byId("save-said"), list = byId("save-answers");
  let busy = false;

  const save = async () => {
    if (busy) return;
    busy = true;
    say(_("One moment."));
    const came = await act("act/recover").catch(() => null);
    busy = false;
    if (!came) return say("");
    say(came.said);
    list.hidden = !came.answers.length;
    list.replaceChildren(...came.answers.map(({id, text}) => {
      const item = made("li");
      item.append(made("a", text, {href: at(`answers/${id}`)}));
      return item;
    }));
    if (came.left || !came.answers.length) return;
    button.parentElement.hidden = true;
    list.querySelector("a").focus();
    then();
  };

  const say = words => { said.hidden = !words; said.textContent = words; };

  button.addEventListener("click", save);
  return () => { button.parentElement.hidden = false; list.hidden = true; say(""); };
};
