// What stands still in the picture of an answer: drawn on a canvas, anew only when size, theme, view or data change.
import {clock} from "./clock.js";
import {_} from "./words.js";
import {drawFillers, drawNames, drawPoints, drawRemarks, drawSurges, drawWords, label, seen} from "./picture_marks.js";

const NAMES = ["wave", "pitch", "loudness", "pause", "filler", "surge", "point", "ink", "soft", "line", "card", "accent"];
const TICKS_S = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600];
const PITCH_JUMP_ST = 6; // more in 50 ms is another voice or a mistake
const LOUDNESS_RANGE_DB = 45;
const WORDS_BELOW_S = 20;

/** The colours of the marks as the theme has them now. */
export const colours = element => {
  const probe = document.createElement("i");
  probe.hidden = true;
  element.append(probe);
  const found = {};
  for (const name of NAMES) {
    probe.style.color = `var(--${name})`;
    found[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  return found;
};

/** Where each lane lies, from top to bottom: {name: {y, h}}; lanes without anything in them have no room. */
const lanesOf = (data, view, height, font) => {
  const row = Math.round(font * 1.9);
  const marks = data.points.some(p => p.at_s !== null);
  const all = [
    ["points", marks ? row : 0, 0],
    ["wave", 0, data.no_tracks ? 1 : 3],
    ["pitch", 0, data.tracks || !data.no_tracks ? 2.1 : 0],
    ["loudness", 0, data.tracks || !data.no_tracks ? 1.2 : 0],
    ["pace", 0, data.pace.length ? 1.3 : 0],
    ["fillers", data.fillers.length ? row : 0, 0],
    ["surges", data.surges.length ? row : 0, 0],
    ["words", data.words.length && view.to - view.from <= WORDS_BELOW_S ? row * 1.15 : 0, 0],
    ["axis", Math.round(font * 1.6), 0],
  ];
  const fixed = all.reduce((sum, [, h]) => sum + h, 0);
  const shares = all.reduce((sum, [, , share]) => sum + share, 0);
  const lanes = {};
  let y = 0;
  for (const [name, h, share] of all) {
    const high = h || (share ? (share / shares) * (height - fixed) : 0);
    if (high) lanes[name] = {y, h: high};
    y += high;
  }
  return lanes;
};

/** Draw `data` as it looks between `view.from` and `view.to`; returns its lanes. */
export const drawPicture = (canvas, {data, tracks, scale, view, paint, width, height, font}) => {
  const ratio = devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const g = canvas.getContext("2d");
  g.setTransform(ratio, 0, 0, ratio, 0, 0);
  g.font = `${font}px system-ui, "Noto Sans CJK SC", sans-serif`;
  g.textBaseline = "middle";
  const x = t => ((t - view.from) / (view.to - view.from)) * width;
  const lanes = lanesOf(data, view, height, font);
  const sheet = {g, x, lanes, paint, width, height, font, view, data, scale};
  drawGrid(sheet);
  drawSilence(sheet);
  if (tracks) {
    drawWave(sheet, tracks);
    drawPitch(sheet, tracks);
    drawLoudness(sheet, tracks);
  }
  drawPace(sheet);
  drawNames(sheet, tracks);
  drawPoints(sheet);
  drawRemarks(sheet);
  drawFillers(sheet);
  drawSurges(sheet);
  drawWords(sheet);
  return lanes;
};

const drawGrid = ({g, x, lanes, paint, width, font, view}) => {
  const room = width / (font * 5.5);
  const step = TICKS_S.find(s => (view.to - view.from) / s <= room) ?? 1200;
  g.lineWidth = 1;
  g.textAlign = "center";
  const {y, h} = lanes.axis;
  for (let n = Math.ceil(view.from / step - 1e-6); n * step <= view.to; n++) {
    const at = Math.round(x(n * step)) + 0.5;
    g.strokeStyle = paint.line;
    g.globalAlpha = 0.6;
    g.beginPath();
    g.moveTo(at, 0);
    g.lineTo(at, y + 3);
    g.stroke();
    g.globalAlpha = 1;
    g.fillStyle = paint.soft;
    const text = clock(n * step, step < 1 ? 1 : 0);
    const half = g.measureText(text).width / 2;
    g.fillText(text, Math.min(Math.max(at, half + 1), width - half - 1), y + h * 0.6);
  }
  g.strokeStyle = paint.line;
  g.beginPath();
  for (const lane of Object.values(lanes)) {
    g.moveTo(0, Math.round(lane.y) + 0.5);
    g.lineTo(width, Math.round(lane.y) + 0.5);
  }
  g.stroke();
};

const drawSilence = sheet => {
  const {g, x, lanes, paint, view, data, font} = sheet;
  const top = lanes.wave.y;
  const deep = (lanes.pace ?? lanes.loudness ?? lanes.wave).y + (lanes.pace ?? lanes.loudness ?? lanes.wave).h - top;
  for (const pause of seen(data.pauses, view)) {
    const left = x(pause.start_s);
    const wide = Math.max(1, x(pause.end_s) - left);
    g.globalAlpha = {short: 0.16, long: 0.38, dead_air: 0.5}[pause.kind];
    g.fillStyle = paint.pause;
    g.fillRect(left, top, wide, deep);
    g.globalAlpha = 1;
    if (pause.kind === "dead_air") hatch(g, paint.ink, left, top, wide, deep, 9);
    const text = `${(pause.end_s - pause.start_s).toFixed(1)} s`;
    if (pause.kind !== "short" && g.measureText(text).width + 6 < wide) label(sheet, text, left + wide / 2, top + lanes.wave.h - font * 0.8, "center");
  }
  for (const mute of seen(data.mutes, view)) {
    const left = x(mute.start_s);
    const wide = Math.max(2, x(mute.end_s) - left);
    g.fillStyle = paint.card;
    g.fillRect(left, top, wide, deep);
    hatch(g, paint.soft, left, top, wide, deep, 5);
    const text = _("muted");
    if (g.measureText(text).width + 6 < wide) label(sheet, text, left + wide / 2, top + lanes.wave.h / 2, "center");
  }
};

const hatch = (g, colour, left, top, wide, deep, gap) => {
  g.save();
  g.beginPath();
  g.rect(left, top, wide, deep);
  g.clip();
  g.strokeStyle = colour;
  g.globalAlpha = 0.35;
  g.beginPath();
  for (let at = left - deep; at < left + wide; at += gap) {
    g.moveTo(at, top + deep);
    g.lineTo(at + deep, top);
  }
  g.stroke();
  g.restore();
};

const drawWave = ({g, lanes, paint, width, view}, tracks) => {
  const {low, high} = tracks.peaks;
  const mid = lanes.wave.y + lanes.wave.h / 2;
  const loudest = Math.max(24, high.reduce((m, v) => Math.max(m, v), 0), -low.reduce((m, v) => Math.min(m, v), 0));
  const tall = (lanes.wave.h / 2 - 4) / loudest;
  const per = high.length / (tracks.end_s - tracks.start_s);
  g.fillStyle = paint.wave;
  for (let i = 0; i < width; i++) {
    const from = (view.from + (i / width) * (view.to - view.from) - tracks.start_s) * per;
    const to = from + ((view.to - view.from) / width) * per;
    let top = 0, bottom = 0;
    for (let j = Math.max(0, Math.floor(from)); j < Math.max(Math.floor(from) + 1, Math.ceil(to)) && j < high.length; j++) {
      top = Math.max(top, high[j]);
      bottom = Math.min(bottom, low[j]);
    }
    if (from < high.length) g.fillRect(i, mid - top * tall, 1, Math.max(1, (top - bottom) * tall));
  }
};

// A line through `values`, broken where there is none and where it jumps by more than `most`.
const run = (g, values, place, most = Infinity) => {
  let last = null;
  g.beginPath();
  values.forEach((value, i) => {
    if (value !== null) {
      const [px, py] = place(value, i);
      if (last !== null && Math.abs(value - last) <= most) g.lineTo(px, py);
      else { g.moveTo(px - 0.75, py); g.lineTo(px, py); }
    }
    last = value;
  });
};

const drawPitch = ({g, x, lanes, paint, width, scale}, tracks) => {
  if (!lanes.pitch || !tracks.pitch_st.length) return;
  const {y, h} = lanes.pitch;
  const mid = y + h / 2;
  const tall = (h / 2 - 6) / scale.reach_st;
  g.strokeStyle = paint.line;
  g.setLineDash([3, 4]);
  g.beginPath();
  g.moveTo(0, mid);
  g.lineTo(width, mid);
  g.stroke();
  g.setLineDash([]);
  g.strokeStyle = paint.pitch;
  g.lineWidth = 2;
  g.lineJoin = g.lineCap = "round";
  run(g, tracks.pitch_st, (value, i) => [
    x(tracks.start_s + (i + 0.5) * tracks.step_s),
    mid - Math.max(-scale.reach_st, Math.min(scale.reach_st, value)) * tall,
  ], PITCH_JUMP_ST);
  g.stroke();
  g.lineWidth = 1;
};

const drawLoudness = ({g, x, lanes, paint, scale}, tracks) => {
  if (!lanes.loudness || !tracks.loudness_db.length) return;
  const {y, h} = lanes.loudness;
  const base = y + h - 1;
  const at = i => x(tracks.start_s + (i + 0.5) * tracks.step_s);
  const up = db => base - Math.max(0, Math.min(1, (db - scale.top_db + LOUDNESS_RANGE_DB) / LOUDNESS_RANGE_DB)) * (h - 5);
  const path = () => {
    g.beginPath();
    tracks.loudness_db.forEach((db, i) => g.lineTo(at(i), up(db)));
  };
  path();
  g.lineTo(at(tracks.loudness_db.length - 1), base);
  g.lineTo(at(0), base);
  g.fillStyle = paint.loudness;
  g.globalAlpha = 0.25;
  g.fill();
  g.globalAlpha = 1;
  path();
  g.strokeStyle = paint.loudness;
  g.lineWidth = 1.25;
  g.stroke();
  g.lineWidth = 1;
};

const drawPace = ({g, x, lanes, paint, width, data}) => {
  if (!lanes.pace) return;
  const {y, h} = lanes.pace;
  const rates = data.pace.map(([, rate]) => rate).filter(rate => rate !== null);
  const band = data.pace_target ?? [];
  const low = Math.min(...rates, ...band) * 0.92;
  const high = Math.max(...rates, ...band) * 1.06;
  const up = rate => y + h - 3 - ((rate - low) / (high - low || 1)) * (h - 6);
  if (band.length) {
    g.globalAlpha = 0.2;
    g.fillStyle = paint.point;
    g.fillRect(0, up(band[1]), width, up(band[0]) - up(band[1]));
    g.globalAlpha = 1;
  }
  g.strokeStyle = paint.accent;
  g.lineWidth = 2;
  run(g, data.pace.map(([, rate]) => rate), (rate, i) => [x(data.pace[i][0]), up(rate)]);
  g.stroke();
  g.lineWidth = 1;
};
