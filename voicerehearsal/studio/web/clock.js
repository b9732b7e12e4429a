// Time as it runs during an answer.

/** Seconds as minutes and seconds: 75.3 is 1:15. */
export const clock = seconds => {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
};

/** A function that shows seconds in `element`, and touches it only when the second changes. */
export const shownIn = element => seconds => {
  const text = clock(seconds);
  if (element.textContent !== text) element.textContent = text;
};
