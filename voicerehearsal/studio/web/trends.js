// The trends: charts, a closer look, and every choice without a reload.
import {fold} from "./filters.js";
import {act, at, byId, fragment, live, notice, painted, setFragment, usable} from "./live.js";
import {roomy} from "./chart.js";
import {when} from "./scale.js";
import {_, fill} from "./words.js";

const form = byId("filters");
const view = byId("view");
let seen = null;

const questions = ({chart, asked, texts}) =>
  Object.fromEntries(chart.answers.map((answer, n) => [answer, texts[asked[n]]]));

const query = () => {
  const given = new URLSearchParams(new FormData(form));
  for (const [name, value] of [...given]) if (!value || (name === "by" && value === "answer")) given.delete(name);
  return given;
};

const draw = () => {
  seen = JSON.parse(byId("data").textContent);
  const large = view.querySelector("trend-chart[large]");
  if (large && seen.large) {
    large.show(seen.large.chart, {questions: questions(seen.large)});
    large.addEventListener("zoom", ({detail}) => look(large, detail));
    view.querySelector("#whole").addEventListener("click", () => { look(large, null); large.stage.focus(); });
  }
  const charts = new Map(seen.small.map(chart => [chart.metric, chart]));
  const small = [...view.querySelectorAll(".smalls trend-chart")];
  later(small, charts);
  view.querySelector("#every")?.addEventListener("toggle", event => fillTable(event.target), {once: true});
  view.querySelector("[data-target]")?.addEventListener("submit", state);
  view.querySelector("[data-reset]")?.addEventListener("click", forget);
};

// The small charts come one after another when the page can be used already, of very many answers from the studio.
const later = async (small, charts) => {
  for (const one of small) {
    await painted();
    if (!one.isConnected) return;
    const chart = charts.get(one.dataset.metric) ?? (await data(one.dataset.metric, {small: 1}))?.chart;
    if (chart) one.show(chart);
  }
};

const data = async (metric, more) => {
  const given = query();
  for (const [name, value] of Object.entries(more)) given.set(name, value);
  const answer = await fetch(at(`trends/${metric}.json?${given}`)).catch(() => null);
  return answer?.ok ? answer.json() : null;
};

// ---- a closer look ------------------------------------------------------------------------------------------------

let waiting = 0;

const look = (chart, between) => {
  const whole = seen.large.chart, bar = view.querySelector(".zoomed");
  bar.hidden = !between;
  view.querySelector("#between").textContent = between ? fill(_("{from} to {to}"), {from: when(between[0]), to: when(between[1])}) : "";
  const [first, last] = between ?? roomy(whole);
  chart.show(cut(whole, first, last), {between, questions: questions(seen.large)});
  windowOf(whole);
  clearTimeout(waiting);
  if (between) waiting = setTimeout(() => closer(chart, between), 150);
};

// What is there already is shown at once; the rest of very many numbers comes from the studio.
const cut = (chart, first, last) => {
  const kept = chart.times.map((time, n) => n).filter(n => chart.times[n] >= first && chart.times[n] <= last);
  const some = list => kept.map(n => list[n]);
  return {...chart, times: some(chart.times), values: some(chart.values), answers: some(chart.answers)};
};

const windowOf = ({window: n}) => {
  const line = view.querySelector(".legend .line");
  if (line) line.textContent = fill(_("median of the last {n}"), {n});
};

const closer = async (chart, [from, to]) => {
  if (seen.large.chart.count === seen.large.chart.times.length) return;
  const near = await data(chart.dataset.metric, {from, to});
  if (!near || chart.between?.[0] !== from || chart.between[1] !== to) return;
  chart.show(near.chart, {between: [from, to], questions: questions(near)});
  windowOf(near.chart);
};

// ---- choices ------------------------------------------------------------------------------------------------------

const show = async (given, {push = true} = {}) => {
  const html = await fragment(`trends/view?${given}`).catch(() => null);
  if (html === null) return;
  setFragment(view, html);
  if (push) history.pushState(null, "", at(`trends?${given}`));
  draw();
};

const fillTable = async details => {
  const html = await fragment(details.dataset.path).catch(() => null);
  if (html !== null) setFragment(details.querySelector("div"), html);
};

const follow = event => {
  const link = event.target.closest("a[data-view]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const given = new URL(link.href).searchParams;
  form.elements.metric.value = given.get("metric");
  show(given).then(() => {
    const heading = view.querySelector("h2");
    heading.tabIndex = -1;
    heading.focus({preventScroll: true});
    heading.scrollIntoView({block: "nearest"});
  });
};

// ---- targets ------------------------------------------------------------------------------------------------------

const again = async () => {
  await show(query(), {push: false});
  const details = view.querySelector("#target");
  details.open = true;
  details.querySelector("summary").focus();
};

const state = async event => {
  event.preventDefault();
  const {low, high, pack} = event.target.elements, {target} = event.target.dataset;
  const limit = input => input.value === "" ? null : Number(input.value);
  const told = await act(`targets/${target}`, {low: limit(low), high: limit(high), pack: pack?.checked ? pack.value : null}, {method: "PUT"}).catch(() => null);
  if (!told) return;
  notice(told.doubt ? "" : _("That is your target from now on."), "good");
  await again();
};

const forget = async event => {
  const {target} = event.target.form.dataset, {pack} = event.target.dataset;
  const told = await act(`targets/${target}${pack ? `?pack=${encodeURIComponent(pack)}` : ""}`, {}, {method: "DELETE"}).catch(() => null);
  if (!told) return;
  notice(_("Your own target is taken back."), "good");
  await again();
};

if (view) {
  fold(form);
  draw();
  form.addEventListener("change", () => show(query()));
  form.addEventListener("submit", event => { event.preventDefault(); show(query()); });
  view.addEventListener("click", follow);
  addEventListener("popstate", () => location.reload());
}
usable();
live({});
