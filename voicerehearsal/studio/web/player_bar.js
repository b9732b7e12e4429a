// The controls that play an answer on the computer's own speaker: wishes go up, what is so comes down.
import {act, notice} from "./live.js";
import {clock} from "./clock.js";
import {_, troubled} from "./words.js";

const SPEEDS = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2];
const TICK_MS = 50;
const TAKES_SPACE = "input, textarea, button, select, summary, dialog, a";

/** Bring the controls in `bar` to life for `answer`, and move `picture` with the sound; `heardFrom`: what else plays. */
export const playerBar = (bar, answer, picture, heardFrom = []) => {
  const part = name => bar.querySelector(`#${name}`);
  const state = {playing: false, speed: 1, smile: false, phone_line: false, loop: null, at_s: 0, told: 0};

  const wish = patch => act("player", {answer, ...patch}).catch(() => show());
  const now = () => {
    if (!state.playing) return state.at_s;
    const t = state.at_s + (performance.now() - state.told) / 1000 * state.speed;
    return Math.min(state.loop ? state.loop[1] : picture.data.duration_s, t);
  };

  const show = () => {
    part("play").setAttribute("aria-pressed", state.playing);
    part("play").firstChild.textContent = state.playing ? "❚❚ " : "▶ ";
    part("play").querySelector("span").textContent = state.playing ? _("Pause") : _("Play");
    part("speed").textContent = `${state.speed}×`;
    part("slower").disabled = state.speed <= SPEEDS[0];
    part("faster").disabled = state.speed >= SPEEDS.at(-1);
    part("loop").setAttribute("aria-pressed", Boolean(state.loop));
    part("phone_line").checked = state.phone_line;
    part("smile").checked = state.smile;
    part("clock").textContent = `${clock(picture.time, 1)} / ${clock(picture.data.duration_s)}`;
  };

  // Between two messages the page counts on by itself, so that the cursor runs evenly.
  let ticking = 0;
  const tick = () => {
    picture.at(now());
    part("clock").textContent = `${clock(picture.time, 1)} / ${clock(picture.data.duration_s)}`;
  };
  const run = () => {
    if (state.playing && !ticking) ticking = setInterval(tick, TICK_MS);
    if (!state.playing && ticking) { clearInterval(ticking); ticking = 0; }
  };

  const told = message => {
    if (message.answer !== answer) { Object.assign(state, {playing: false}); run(); show(); return; }
    Object.assign(state, message, {told: performance.now()});
    picture.hold(state.loop && {start: state.loop[0], end: state.loop[1]});
    picture.at(state.at_s);
    run();
    show();
    if (message.error) notice(troubled(message.error));
  };

  const hear = at => {
    picture.at(at);
    const {loop} = picture;
    const outside = loop && (at < loop.start || at >= loop.end);
    if (outside) picture.hold(null);
    return wish({at_s: at, playing: true, ...(outside ? {loop: null} : {})});
  };
  const pace = by => {
    const at = SPEEDS.indexOf(state.speed) + by;
    if (at >= 0 && at < SPEEDS.length) wish({speed: SPEEDS[at]});
  };
  const ended = () => picture.time >= picture.data.duration_s - 0.05;
  const turn = () => wish(state.playing ? {playing: false} : {playing: true, at_s: ended() ? 0 : picture.time});

  part("play").addEventListener("click", turn);
  part("slower").addEventListener("click", () => pace(-1));
  part("faster").addEventListener("click", () => pace(1));
  part("loop").addEventListener("click", () => wish({loop: state.loop ? null : [0, picture.data.duration_s]}));
  for (const name of ["phone_line", "smile"]) part(name).addEventListener("change", e => wish({[name]: e.target.checked}));
  picture.addEventListener("seek", ({detail}) => hear(detail.t));
  picture.addEventListener("loop", ({detail}) => {
    wish(detail ? {loop: [detail.start, detail.end], at_s: detail.start, playing: true} : {loop: null});
  });
  document.addEventListener("keydown", e => {
    if (e.key !== " " || e.repeat || e.ctrlKey || e.altKey || e.target.closest(TAKES_SPACE)) return;
    e.preventDefault();
    turn();
  });
  // Waking the speaker takes half a second, which nobody wants to wait for after the click.
  let woken = false;
  const wake = () => {
    if (!woken) act("player/ready", {answer}, {quiet: true}).catch(() => {});
    woken = true;
  };
  for (const kind of ["pointerenter", "focusin"]) {
    for (const target of [picture, bar, ...heardFrom]) target.addEventListener(kind, wake);
  }
  show();
  return {told, hear};
};
