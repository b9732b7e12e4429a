// The words of the interface that scripts need, in the language of the page.
const words = JSON.parse(document.getElementById("words").textContent);

export const _ = text => words[text] ?? text;

/** `text` with its {names} filled in. */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

/** What is wrong and what to do about it, as sentences; both come without what separates them. */
export const troubled = ({message, cure = ""}) =>
  cure ? fill(_("{message}. {cure}"), {message, cure}) : message ? fill(_("{message}."), {message}) : "";
