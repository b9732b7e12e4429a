// A pack as text, checked as it is typed: every problem with its line, and beside it how the pack reads.
import {act, at, byId, live, say, setFragment, usable} from "./live.js";
import {_, fill} from "./words.js";

const CHECK_AFTER_MS = 300;
const pack = byId("editor").dataset.pack;
const [text, gutter, problemList, preview, state, save, stale] =
  ["text", "gutter", "problems", "preview", "state", "save", "stale"].map(byId);
const leaving = byId("leaving");

let saved = text.value;
let whole = false;
let drawn = null;
let checking = 0;
let timer = 0;
let marked = "";

const changed = () => text.value !== saved;

const showState = problems => {
  const count = problems.length;
  const words = count === 1 ? _("1 problem") : count ? fill(_("{n} problems"), {n: count})
    : changed() ? _("all is well, not saved") : _("saved");
  if (state.textContent !== words) state.textContent = words;
  state.className = `pill ${count ? "bad" : changed() ? "warn" : "good"}`;
  save.disabled = !(whole && changed());
};

const toLine = number => {
  const lines = text.value.split("\n");
  const start = lines.slice(0, number - 1).reduce((sum, line) => sum + line.length + 1, 0);
  text.focus();
  text.setSelectionRange(start, start + (lines[number - 1] ?? "").length);
  text.scrollTop = (number - 4) * parseFloat(getComputedStyle(text).lineHeight);
};

const problemRow = ({line, what, cure}) => {
  const row = document.createElement("li");
  const button = document.createElement("button");
  const [place, wrong, mend] = ["strong", "span", "small"].map(tag => document.createElement(tag));
  button.type = "button";
  place.textContent = fill(_("Line {n}"), {n: line});
  wrong.textContent = what;
  mend.textContent = cure;
  button.append(place, wrong, mend);
  button.addEventListener("click", () => toLine(line));
  row.append(button);
  return row;
};

/** Line numbers, those with a problem marked; drawn again only when they are others. */
const showGutter = problems => {
  const lines = text.value.split("\n").length;
  const bad = new Set(problems.map(one => one.line));
  const key = `${lines}:${[...bad]}`;
  if (key === marked) return;
  marked = key;
  const rows = document.createDocumentFragment();
  let plain = [];
  const flush = () => { if (plain.length) rows.append(`${plain.join("\n")}\n`); plain = []; };
  for (let number = 1; number <= lines; number += 1) {
    if (!bad.has(number)) { plain.push(number); continue; }
    flush();
    const mark = document.createElement("mark");
    mark.textContent = number;
    rows.append(mark, "\n");
  }
  flush();
  gutter.replaceChildren(rows);
  gutter.scrollTop = text.scrollTop;
};

let latest = [];

const show = ({problems, preview: fragment}) => {
  latest = problems;
  whole = problems.length === 0;
  problemList.replaceChildren(...problems.map(problemRow));
  showGutter(problems);
  if (fragment && fragment !== drawn) {
    setFragment(preview, fragment);
    drawn = fragment;
  }
  stale.hidden = Boolean(fragment) || drawn === null;
  preview.classList.toggle("stale", !fragment);
  if (!fragment && drawn === null) preview.textContent = _("The preview appears once the text is whole.");
  showState(problems);
};

const check = async () => {
  const mine = checking += 1;
  const found = await act(`packs/${encodeURIComponent(pack)}/check`, {text: text.value}, {method: "PUT"}).catch(() => null);
  if (found && mine === checking) show(found);  // an older answer may come later
};

const typed = () => {
  whole = false;
  showGutter(latest);
  save.disabled = true;
  clearTimeout(timer);
  timer = setTimeout(check, CHECK_AFTER_MS);
};

const keep = async () => {
  clearTimeout(timer);
  await check();
  if (!whole || !changed()) return;
  const kept = text.value;
  const answer = await act(`packs/${encodeURIComponent(pack)}/text`, {text: kept}, {method: "PUT"}).catch(() => null);
  if (!answer) return;
  saved = kept;
  showState(latest);
  say(_("Saved"));
  // Its id is its address: where it was changed, the page goes along.
  if (answer.id !== pack && !changed()) location.replace(at(`packs/${answer.id}/edit`));
};

text.addEventListener("input", typed);
text.addEventListener("scroll", () => { gutter.scrollTop = text.scrollTop; });
save.addEventListener("click", keep);
document.addEventListener("keydown", event => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s") { event.preventDefault(); keep(); }
});
window.addEventListener("beforeunload", event => { if (changed()) event.preventDefault(); });
document.addEventListener("click", event => {
  const link = event.target.closest("a[href]");
  if (!link || !changed() || link.target) return;
  event.preventDefault();
  leaving.dataset.to = link.href;
  leaving.showModal();
});
leaving.addEventListener("close", () => {
  if (leaving.returnValue !== "yes") return;
  saved = text.value;
  location.href = leaving.dataset.to;
});

show(JSON.parse(byId("data").textContent));
usable();
live({});
