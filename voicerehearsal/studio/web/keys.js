// Keys that do something on the whole page, but never while someone types, nor where a control wants the key itself.
const TYPED_IN = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button])";
const PRESSED = `${TYPED_IN}, button, a[href], summary, input, [role=slider]`;

const presses = key => key === " " || key === "Enter";

/** Call what `handlers()` has for a key that is pressed; keys are named as in events, letters in lower case. */
export const onKeys = handlers => addEventListener("keydown", event => {
  if (event.defaultPrevented || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest(presses(event.key) ? PRESSED : TYPED_IN) || document.querySelector("dialog[open]")) return;
  const handler = handlers()[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!handler) return;
  event.preventDefault();
  handler();
});

// A key that is held must not press again whatever button the focus has moved to meanwhile.
addEventListener("keydown", event => {
  if (event.repeat && presses(event.key) && !event.target.closest(TYPED_IN)) event.preventDefault();
}, true);
