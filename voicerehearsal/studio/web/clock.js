// Time as it runs in an answer.

/** A moment as minutes and seconds, `digits` behind the point: 75.3 is 1:15, or 1:15.3 with one. */
export const clock = (t, digits = 0) => {
  const scale = 10 ** digits;
  const all = Math.max(0, digits ? Math.round(t * scale) / scale : Math.floor(t));
  const rest = (all % 60).toFixed(digits);
  return `${Math.floor(all / 60)}:${rest.padStart(digits ? digits + 3 : 2, "0")}`;
};

/** A function that shows seconds in `element`, and touches it only when the second changes. */
export const shownIn = element => seconds => {
  const text = clock(seconds);
  if (element.textContent !== text) element.textContent = text;
};
