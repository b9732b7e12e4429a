// What there is to say of one moment of an answer, in a few words.
import {clock} from "./clock.js";
import {wordAt} from "./picture_words.js";
import {_, fill} from "./words.js";

/** The moment `t` of `data` with the values of `tracks` there; marks count within `near` seconds. */
export const momentInWords = (data, tracks, t, near) => {
  const during = marks => marks.find(one => one.start_s - near <= t && t <= one.end_s + near);
  const value = name => tracks?.[name]?.[Math.floor((t - tracks.start_s) / tracks.step_s)] ?? null;
  const told = [clock(t, 1), data.words[wordAt(data.words, t)]?.text];
  const pitch = value("pitch_st");
  if (pitch !== null) told.push(fill(_("pitch {n} semitones"), {n: (pitch > 0 ? "+" : "") + pitch.toFixed(1)}));
  const loudness = value("loudness_db");
  if (loudness !== null && loudness > QUIET_DB) told.push(`${loudness} dB`);
  told.push(pace(data, t), silence(data, t));
  const filler = during(data.fillers);
  if (filler) told.push(fill(_("filler “{text}”"), {text: filler.text}));
  const surge = during(data.surges);
  if (surge) told.push(fill(_("faster and louder: {text}"), {text: surge.text}));
  if (during(data.mutes)) told.push(_("muted"));
  told.push(data.points.find(one => one.at_s !== null && Math.abs(one.at_s - t) <= near)?.label);
  told.push(data.remarks.find(one => one.kind !== "exercise" && Math.abs(one.start_s - t) <= near)?.text);
  return told.filter(Boolean).join(" · ");
};

const QUIET_DB = -70;

const pace = ({pace: curve, language}, t) => {
  if (!curve.length) return "";
  const rate = curve.reduce((best, one) => (Math.abs(one[0] - t) < Math.abs(best[0] - t) ? one : best))[1];
  if (!rate) return "";
  return fill(language === "zh" ? _("{n} characters a minute") : _("{n} words a minute"), {n: Math.round(rate)});
};

const silence = ({pauses}, t) => {
  const pause = pauses.find(one => one.start_s <= t && t <= one.end_s);
  if (!pause) return "";
  const text = {short: _("pause of {n} s"), long: _("long pause of {n} s"), dead_air: _("silence of {n} s")}[pause.kind];
  return fill(text, {n: (pause.end_s - pause.start_s).toFixed(1)});
};
