// What stands still in a chart: bands, scale, dots and lines, on a canvas.
// A scene is {data, shown, box, large, wide, high, letters, font, left(time), top(value), ink(variable)}.
import {dayStarts, heightSteps, timeLabels} from "./scale.js";

const MANY = 300;
const HATCH = 6;
const SMALL = 0.78;
const MOST_DAYS = 8;

const written = value => String(+value.toFixed(6));
const steps = ({data, large}) => heightSteps(...data.heights, large ? 5 : 3);

/** Where the dots go: what is left beside the numbers of the scale. */
export const boxOf = (pen, scene) => {
  const {letters, wide, high} = scene;
  pen.font = `${SMALL * letters}px ${scene.font}`;
  const left = Math.ceil(Math.max(...steps(scene).map(step => pen.measureText(written(step)).width)) + 0.7 * letters);
  return {left, top: 0.6 * letters, width: wide - left - 0.7 * letters, height: high - 2.2 * letters};
};

/** All of it. */
export const drawChart = (pen, scene) => {
  const {data, ink, large, box: {left, top, width, height}} = scene;
  drawTarget(pen, scene);
  drawUsual(pen, scene);
  drawHeights(pen, scene);
  drawTimes(pen, scene);
  pen.save();
  pen.beginPath();
  pen.rect(left - 6, top - 6, width + 12, height + 12);
  pen.clip();
  drawDots(pen, scene);
  drawLine(pen, scene, data.median, {stroke: ink("--pitch"), width: large ? 2.5 : 2});
  drawLine(pen, scene, data.change, {stroke: ink("--ink"), width: large ? 2 : 1.6});
  pen.restore();
};

const band = ({data: {heights: [bottom, ceiling]}, top}, low, high) => {
  const within = value => top(Math.max(bottom, Math.min(ceiling, value)));
  const from = within(high ?? ceiling);
  return [from, Math.max(1, within(low ?? bottom) - from)];
};

const drawTarget = (pen, scene) => {
  const {data: {target}, box, ink} = scene;
  if (!target) return;
  const [y, height] = band(scene, ...target);
  pen.fillStyle = ink("--good");
  pen.globalAlpha = 0.15;
  pen.fillRect(box.left, y, box.width, height);
  pen.globalAlpha = 1;
};

const drawUsual = (pen, scene) => {
  const {data: {usual}, box: {left, top, width, height}, ink, shown} = scene;
  if (!usual) return;
  pen.save();
  pen.beginPath();
  const [y, high] = band(scene, usual[0], usual[2]);
  pen.rect(left, y, width, high);
  pen.clip();
  pen.strokeStyle = ink("--soft");
  pen.globalAlpha = 0.3;
  pen.lineWidth = 1;
  pen.beginPath();
  for (let x = left - height; x < left + width; x += HATCH) { pen.moveTo(x, top + height); pen.lineTo(x + height, top); }
  pen.stroke();
  pen.restore();
  drawLine(pen, scene, shown.map(time => [time, usual[1]]), {stroke: ink("--soft"), width: 1, dash: [5, 4]});
};

const drawHeights = (pen, scene) => {
  const {box: {left, width}, ink, letters, top} = scene;
  pen.fillStyle = ink("--soft");
  pen.strokeStyle = ink("--line");
  pen.lineWidth = 1;
  pen.textBaseline = "middle";
  pen.textAlign = "right";
  for (const step of steps(scene)) {
    const y = Math.round(top(step)) + 0.5;
    pen.beginPath();
    pen.moveTo(left, y);
    pen.lineTo(left + width, y);
    pen.stroke();
    pen.fillText(written(step), left - 0.45 * letters, y);
  }
};

const drawTimes = (pen, scene) => {
  const {box: {left, top, width, height}, data, ink, large, letters, shown} = scene;
  const small = SMALL * letters;
  pen.textBaseline = "alphabetic";
  pen.textAlign = "center";
  pen.fillStyle = ink("--soft");
  let free = 0;
  for (const [time, text] of timeLabels(...shown, Math.max(2, Math.floor(width / (7 * small))))) {
    const x = scene.left(time), half = pen.measureText(text).width / 2;
    if (x - half < free || x + half > left + width + 0.7 * letters) continue;
    free = x + half + small;
    pen.fillText(text, x, top + height + 1.3 * letters);
    pen.fillRect(Math.round(x), top + height, 1, 4);
  }
  const days = large && data.by === "answer" ? dayStarts(...shown) : [];
  pen.fillStyle = ink("--line");
  if (days.length <= MOST_DAYS) for (const day of days) pen.fillRect(Math.round(scene.left(day)), top, 1, height);
};

const drawDots = (pen, {data: {times, values, count}, ink, large, left, top}) => {
  const many = count > MANY, size = many ? 1.6 : large ? 3.6 : 2.4;
  pen.fillStyle = ink("--pitch");
  pen.globalAlpha = many ? Math.max(0.12, 0.75 * Math.sqrt(MANY / times.length)) : 0.7;
  for (let n = 0; n < times.length; n++) {
    const x = left(times[n]), y = top(values[n]);
    if (many) { pen.fillRect(x - size, y - size, 2 * size, 2 * size); continue; }
    pen.beginPath();
    pen.arc(x, y, size, 0, 7);
    pen.fill();
  }
  pen.globalAlpha = 1;
};

const drawLine = (pen, {left, top}, points, {stroke, width, dash = []}) => {
  if (points.length < 2) return;
  pen.strokeStyle = stroke;
  pen.lineWidth = width;
  pen.lineJoin = "round";
  pen.setLineDash(dash);
  pen.beginPath();
  points.forEach(([time, value], n) => pen[n ? "lineTo" : "moveTo"](left(time), top(value)));
  pen.stroke();
  pen.setLineDash([]);
};
