// The words of the interface that scripts need, in the language of the page.
const words = JSON.parse(document.getElementById("words").textContent);

export const _ = text => words[text] ?? text;

/** `text` with its {names} filled in. */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
