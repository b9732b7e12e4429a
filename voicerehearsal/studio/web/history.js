// All answers: searched as one types, heard in their row, ticked to be compared, exported or deleted.
import {fold} from "./filters.js";
import {act, at, byId, fragment, live, made, notice, say, setFragment, usable} from "./live.js";
import {_, fill, troubled} from "./words.js";

const form = byId("filters");
const list = byId("list");
const ticked = new Set();
let playing = {answer: null, playing: false};

// ---- the list -----------------------------------------------------------------------------------------------------

const query = () => {
  const given = new URLSearchParams(new FormData(form));
  for (const [name, value] of [...given]) if (!value.trim()) given.delete(name);
  return given;
};

const found = () => Number(list.querySelector("[data-found]")?.dataset.found ?? 0);
const boxes = () => [...list.querySelectorAll(".tick")];

let asked = 0;
const search = async () => {
  const mine = ++asked, given = query();
  const html = await fragment(`history/list?${given}`).catch(() => null);
  if (html === null || mine !== asked) return;   // something else has been typed since
  setFragment(list, html);
  history.replaceState(null, "", at(`history${given.size ? `?${given}` : ""}`));
  ticked.clear();
  shown();
  say(fill(_("Answers found: {n}"), {n: found()}));
};

const more = async link => {
  const html = await fragment(`history/list?${link.dataset.more}`).catch(() => null);
  if (html === null) return;
  const piece = document.createElement("div");
  setFragment(piece, html);
  const first = piece.querySelector(".asked");
  list.querySelector(".days").append(...piece.querySelector(".days")?.children ?? []);
  const next = piece.querySelector(".more");
  if (next) link.parentElement.replaceWith(next); else link.parentElement.remove();
  shown();
  first?.focus();
};

/** Everything that depends on what is listed and ticked. */
const shown = () => {
  const all = boxes(), chosen = [...ticked], n = chosen.length;
  for (const box of all) {
    box.checked = ticked.has(Number(box.value));
    box.closest("li").classList.toggle("chosen", box.checked);
  }
  const listed = found() === 1 ? _("1 answer") : fill(_("{n} answers"), {n: found()});
  byId("count").textContent = n ? fill(_("{n} of {all} chosen"), {n, all: found()}) : listed;
  byId("untick").hidden = !n;
  byId("tick-all").checked = n > 0 && all.every(box => box.checked);
  byId("tick-all").indeterminate = n > 0 && !byId("tick-all").checked;
  byId("compare").disabled = n !== 2;
  byId("delete").disabled = !found() || !(n || query().size);
  for (const link of document.querySelectorAll("[data-format]")) {
    const given = n ? new URLSearchParams({numbers: chosen.join(",")}) : query();
    given.set("format", link.dataset.format);
    link.href = at(`history/export?${given}`);
  }
  sounds();
};

const tick = (number, on) => { if (on) ticked.add(number); else ticked.delete(number); };

list.addEventListener("change", event => {
  if (!event.target.matches(".tick")) return;
  tick(Number(event.target.value), event.target.checked);
  shown();
});
byId("tick-all").addEventListener("change", event => {
  for (const box of boxes()) tick(Number(box.value), event.target.checked);
  shown();
});
byId("untick").addEventListener("click", () => { ticked.clear(); shown(); byId("tick-all").focus(); });
byId("compare").addEventListener("click", () => {
  const [a, b] = [...ticked].sort((one, other) => one - other);
  location.assign(at(`compare?a=${a}&b=${b}`));
});

let typing = 0;
form.addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(search, 150); });
form.addEventListener("submit", event => { event.preventDefault(); clearTimeout(typing); search(); });

list.addEventListener("click", event => {
  const older = event.target.closest("[data-more]"), play = event.target.closest(".play");
  if (older && !event.ctrlKey && !event.metaKey && !event.shiftKey) { event.preventDefault(); more(older); }
  if (play) hear(Number(play.closest("li").dataset.answer));
});

// ---- hearing ------------------------------------------------------------------------------------------------------

const hear = answer => {
  const on = playing.playing && playing.answer === answer;
  act("player", on ? {answer, playing: false} : {answer, at_s: 0, playing: true, loop: null}).catch(() => {});
};

// Who comes near a button is about to listen: waking the speaker takes half a second.
let readied = 0;
const ready = ({target}) => {
  const play = target.closest(".play:enabled"), answer = Number(play?.closest("li").dataset.answer);
  if (!play || answer === readied) return;
  readied = answer;
  act("player/ready", {answer}, {quiet: true}).catch(() => {});
};
for (const kind of ["pointerover", "focusin"]) list.addEventListener(kind, ready);

const sounds = () => {
  for (const button of list.querySelectorAll(".play")) {
    const row = button.closest("li"), on = playing.playing && Number(row.dataset.answer) === playing.answer;
    if (button.getAttribute("aria-pressed") !== String(on)) button.setAttribute("aria-pressed", on);
    row.classList.toggle("sounding", on);
    row.style.setProperty("--heard", on && playing.duration_s ? playing.at_s / playing.duration_s : 0);
  }
};

// ---- deleting -----------------------------------------------------------------------------------------------------

byId("delete").addEventListener("click", async () => {
  const chosen = {numbers: [...ticked], query: String(query())};
  const what = await act("history/doomed", chosen).catch(() => null);
  if (!what) return;
  const dialog = byId("doom");
  lines(dialog.querySelector("ul"), what.lines);
  dialog.returnValue = "";
  dialog.showModal();
  dialog.onclose = async () => {
    if (dialog.returnValue !== "delete") return;
    const done = await act("act/delete", {...chosen, seal: what.seal}).catch(() => null);
    if (!done) return;
    await search();
    notice(done.lines.join(" "), done.lines.length > 1 ? "warn" : "good");
  };
});

const lines = (parent, texts) => parent.replaceChildren(...texts.map(text => made("li", text)));

// ---- taking in ----------------------------------------------------------------------------------------------------

byId("file").addEventListener("change", async event => {
  const [file] = event.target.files, most = Number(event.target.dataset.most);
  event.target.value = "";
  if (!file) return;
  if (file.size > most) {
    notice(fill(_("{name} is too large for this page. In a terminal, “voicerehearsal import” takes it."), {name: file.name}));
    return;
  }
  notice(fill(_("{name} is being read…"), {name: file.name}), "good");
  const answer = await fetch(at("history/import"), {method: "PUT", headers: {"x-name": encodeURIComponent(file.name)}, body: file}).catch(() => null);
  const said = await answer?.json().catch(() => null);
  if (!answer?.ok) { notice(said ? troubled(said) : _("The studio does not answer")); return; }
  if (form.hidden) { location.reload(); return; }   // the first answers of this journal
  await search();
  notice(said.lines.join(" "), "good");
});

document.addEventListener("click", event => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target) || event.target.closest("a")) menu.open = false;
  }
});
document.addEventListener("keydown", event => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});

fold(form);
shown();
usable();
live({player: message => {
  if (message.error && message.answer === playing.answer) notice(troubled(message.error));
  playing = message;
  sounds();
}});
