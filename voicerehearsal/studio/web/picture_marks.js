// The marks of the picture: what happened at a moment, told apart by shape and by words, never by colour alone.
import {_} from "./words.js";

export const seen = (marks, view) => marks.filter(m => m.end_s >= view.from && m.start_s <= view.to);

export const label = ({g, paint, font}, text, at, y, align) => {
  g.textAlign = align;
  const wide = g.measureText(text).width + 6;
  const left = align === "center" ? at - wide / 2 : at - 3;
  g.fillStyle = paint.card;
  g.globalAlpha = 0.82;
  g.fillRect(left, y - font * 0.65, wide, font * 1.3);
  g.globalAlpha = 1;
  g.fillStyle = paint.ink;
  g.fillText(text, at, y);
};

const fitted = (g, text, room) => {
  if (g.measureText(text).width <= room) return text;
  const letters = [...text];
  while (letters.length > 3 && g.measureText(letters.join("") + "…").width > room) letters.pop();
  return letters.length > 3 ? letters.join("").trimEnd() + "…" : "";
};

/** Flags for the remarks, at the top of the wave. */
export const drawRemarks = ({g, x, lanes, paint, width, font, data}) => {
  for (const one of data.remarks.filter(m => m.kind !== "exercise")) {
    const px = x(one.start_s);
    if (px >= -1 && px <= width) flag(g, paint, Math.max(1, px), lanes.wave.y + lanes.wave.h - font * 1.1, font * 0.8, one.kind);
  }
};

export const drawPoints = ({g, x, lanes, paint, width, font, data}) => {
  if (!lanes.points) return;
  const mid = lanes.points.y + lanes.points.h / 2;
  const r = font * 0.75;
  const pins = [
    ...data.points.map((p, i) => ({at: p.at_s, text: p.label, sign: String(i + 1), made: p.covered})),
  ].filter(p => p.at !== null).sort((a, b) => a.at - b.at);
  let taken = -Infinity;
  pins.forEach((pin, i) => {
    const px = Math.min(Math.max(x(pin.at), r + 1), width - r - 1);
    if (x(pin.at) < -r || x(pin.at) > width + r) return;
    disc(g, paint, px, mid, r, pin);
    const next = pins[i + 1] ? Math.min(width, x(pins[i + 1].at) - r) : width;
    const room = next - px - r - 8;
    const text = px - r > taken && room > font * 3 ? fitted(g, pin.text, room) : "";
    g.textAlign = "left";
    g.fillStyle = pin.made ? paint.ink : paint.soft;
    if (text) g.fillText(text, px + r + 4, mid);
    taken = px + r;
  });
};

const disc = (g, paint, px, mid, r, pin) => {
  g.beginPath();
  g.arc(px, mid, r - 0.75, 0, 2 * Math.PI);
  g.fillStyle = pin.made ? paint.point : paint.card;
  g.fill();
  g.strokeStyle = pin.made ? paint.point : paint.soft;
  g.lineWidth = 1.5;
  if (!pin.made) g.setLineDash([2, 2]);
  g.stroke();
  g.setLineDash([]);
  g.lineWidth = 1;
  g.textAlign = "center";
  g.fillStyle = pin.made ? paint.card : paint.soft;
  g.fillText(pin.sign, px, mid + 0.5);
};

const flag = (g, paint, px, mid, r, kind) => {
  g.fillStyle = g.strokeStyle = kind === "praise" ? paint.point : paint.surge;
  g.lineWidth = 1.5;
  g.beginPath();
  g.moveTo(px, mid + r);
  g.lineTo(px, mid - r);
  g.stroke();
  g.beginPath();
  g.moveTo(px, mid - r);
  g.lineTo(px + r * 1.3, mid - r * 0.45);
  g.lineTo(px, mid + r * 0.1);
  if (kind === "praise") g.fill();
  else { g.closePath(); g.stroke(); }
  g.lineWidth = 1;
};

export const drawFillers = ({g, x, lanes, paint, width, font, data, view}) => {
  if (!lanes.fillers) return;
  const mid = lanes.fillers.y + lanes.fillers.h / 2;
  const r = font * 0.45;
  let taken = -Infinity;
  for (const one of seen(data.fillers, view)) {
    const px = x((one.start_s + one.end_s) / 2);
    g.fillStyle = g.strokeStyle = paint.filler;
    g.globalAlpha = one.confidence < 0.5 ? 0.55 : 1;
    g.beginPath();
    if (one.kind === "filled_pause") {
      g.moveTo(px, mid - r * 1.25); g.lineTo(px + r * 1.25, mid); g.lineTo(px, mid + r * 1.25); g.lineTo(px - r * 1.25, mid);
      g.closePath();
      g.fill();
    } else {
      g.lineWidth = 1.75;
      g.strokeRect(px - r, mid - r, 2 * r, 2 * r);
      g.lineWidth = 1;
    }
    g.globalAlpha = 1;
    const wide = g.measureText(one.text).width;
    if (px - r > taken + 4 && px + r + 4 + wide < width) {
      g.textAlign = "left";
      g.fillStyle = paint.ink;
      g.fillText(one.text, px + r + 4, mid);
      taken = px + r + 4 + wide;
    } else taken = Math.max(taken, px + r);
  }
};

export const drawSurges = ({g, x, lanes, paint, width, font, data, view}) => {
  if (!lanes.surges) return;
  const mid = lanes.surges.y + lanes.surges.h / 2;
  const r = font * 0.55;
  for (const one of seen(data.surges, view)) {
    const left = x(one.start_s), right = Math.max(x(one.end_s), left + 2);
    g.fillStyle = paint.surge;
    g.fillRect(left, mid + r * 0.5, right - left, r * 0.5);
    const px = (left + right) / 2;
    g.beginPath();
    g.moveTo(px, mid - r);
    g.lineTo(px + r, mid + r * 0.5);
    g.lineTo(px - r, mid + r * 0.5);
    g.fill();
    g.textAlign = "left";
    g.fillStyle = paint.ink;
    if (right + 4 + g.measureText(one.text).width < width) g.fillText(one.text, right + 4, mid);
  }
};

export const drawWords = ({g, x, lanes, paint, data, view}) => {
  if (!lanes.words) return;
  const mid = lanes.words.y + lanes.words.h / 2;
  g.textAlign = "left";
  const words = seen(data.words, view);
  words.forEach((word, i) => {
    const left = x(word.start_s);
    const room = (words[i + 1] ? x(words[i + 1].start_s) : x(word.end_s) + 60) - left - 3;
    g.fillStyle = word.filler === null ? paint.ink : paint.filler;
    g.fillText(fitted(g, word.text, room) || [...word.text][0], left + 2, mid);
    g.strokeStyle = paint.line;
    g.strokeRect(left, mid - lanes.words.h / 2 + 2, 0.5, lanes.words.h - 4);
  });
};

// Why a lane is empty.
const missingIn = ({data}, name, tracks) => {
  if (data.no_tracks) return name === "wave" ? data.no_tracks : "";
  if (!tracks) return name === "wave" ? _("The sound is being read …") : "";
  return name === "pitch" && !tracks.pitch_st.length ? _("Look closer to see pitch and loudness of so long an answer") : "";
};

export const drawNames = (sheet, tracks) => {
  const names = {wave: _("sound"), pitch: _("pitch"), loudness: _("loudness"), pace: _("pace"), fillers: _("fillers"), surges: _("surges")};
  for (const [name, text] of Object.entries(names)) {
    const lane = sheet.lanes[name];
    const among = {fillers: sheet.data.fillers, surges: sheet.data.surges}[name] ?? [];
    if (!lane || among.some(one => { const px = sheet.x(one.start_s); return px > -9 && px < sheet.font * 5; })) continue;
    const {g, paint, font} = sheet;
    g.save();
    g.font = `${font * 0.85}px system-ui, "Noto Sans CJK SC", sans-serif`;
    g.textAlign = "left";
    const wide = g.measureText(text).width + 8;
    g.fillStyle = paint.card;
    g.globalAlpha = 0.85;
    g.fillRect(0, lane.y + 2, wide, font * 1.2);
    g.globalAlpha = 1;
    g.fillStyle = paint.soft;
    g.fillText(text, 4, lane.y + 2 + font * 0.62);
    const why = missingIn(sheet, name, tracks);
    g.textAlign = "center";
    if (why) g.fillText(fitted(g, why, sheet.width - 2 * wide), sheet.width / 2, lane.y + lane.h / 2);
    g.restore();
  }
};
