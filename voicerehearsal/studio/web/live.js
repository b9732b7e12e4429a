// What happens comes down one web socket; what a person does goes up as a request each.
import {_, troubled} from "./words.js";

/** The element with this id. */
export const byId = id => document.getElementById(id);

/** A new element with `text` in it. */
export const made = (tag, text = "", more = {}) => Object.assign(document.createElement(tag), {textContent: text, ...more});

const base = document.documentElement.dataset.base;
const told = byId("notice");
const said = byId("said");

/** The address of a path of the studio. */
export const at = path => base + path;

/** The page can be used from now on. */
export const usable = () => {
  performance.mark("usable");
  document.documentElement.dataset.usable = "";
};

/** Once the page is painted; in a tab that is not looked at there are no frames, and nothing to hurry for. */
export const painted = () => new Promise(done => { requestAnimationFrame(() => setTimeout(done)); });

/** Say `text` to who does not see the page: states and results, never a level. */
export const say = text => { said.textContent = text; };

/** Show one sentence above the page, and the `place` that helps, until it is taken away by `notice("")` or a press on it. */
export const notice = (text, kind = "bad", place = null) => {
  told.hidden = !text;
  told.dataset.kind = kind;
  told.replaceChildren();
  if (!text) return;
  const close = made("button", _("Close"), {type: "button"});
  close.addEventListener("click", () => notice(""));
  told.append(made("span", text), ...(place ? [made("a", place.title, {href: at(place.path)})] : []), close);
};

/** Do something: resolves to what the studio answers, throws an Error with `message` and `cure`, and shows it unless `quiet`. */
export const act = async (path, body = {}, {method = "POST", quiet = false} = {}) => {
  let answer;
  try {
    answer = await fetch(at(path), {method, headers: {"content-type": "application/json"}, body: JSON.stringify(body)});
  } catch {
    throw failure({message: _("The studio does not answer"), cure: _("Start voicerehearsal again.")}, quiet);
  }
  const read = answer.status === 204 ? null : await answer.json().catch(() => null);
  if (!answer.ok) throw failure(read ?? {message: answer.statusText, cure: ""}, quiet);
  return read;
};

const failure = ({message, cure, place}, quiet) => {
  const words = troubled({message, cure});
  if (!quiet) notice(words, "bad", place);
  return Object.assign(new Error(words), {what: message, cure});
};

// The one door for markup: fragments that the studio drew, with everything in them escaped.
const policy = window.trustedTypes?.createPolicy("fragment", {createHTML: html => html}) ?? {createHTML: html => html};

/** Put a fragment that the studio drew into `element`. */
export const setFragment = (element, html) => { element.innerHTML = policy.createHTML(html); };

/** The fragment at `path` as text. */
export const fragment = async path => {
  const answer = await fetch(at(path));
  if (!answer.ok) throw failure(await answer.json().catch(() => ({message: answer.statusText})), false);
  return answer.text();
};

/**
 * Follow what happens: `on` has a function for each kind of message; `lost` is told when the studio goes and comes.
 * An answer that sounds is paused when the last page is left that `hears` it: numbers of answers, or "all".
 */
export const live = (on, {lost = gone, hears = on.player ? "all" : ""} = {}) => {
  let wait = 250;
  const open = () => {
    const socket = new WebSocket(`ws://${location.host}${at(`live?hears=${hears}`)}`);
    socket.onopen = () => { if (wait > 250) lost(false); wait = 250; };
    socket.onmessage = ({data}) => { const message = JSON.parse(data); on[message.kind]?.(message); };
    socket.onclose = () => {
      if (wait >= 1000) lost(true);
      setTimeout(open, wait);
      wait = Math.min(4000, wait * 2);
    };
  };
  open();
};

const gone = away => notice(away ? _("The studio was closed. Nothing you said is lost; start voicerehearsal again.") : "");
