// The choices above a list or a chart.

/** On a phone they are folded away until they are wanted. */
export const fold = form => {
  const chosen = [...form.querySelectorAll(".choices select, .choices input")].some(field => field.selectedIndex > 0 || (field.type === "date" && field.value));
  if (matchMedia("(max-width: 44rem)").matches && !chosen) form.querySelector(".fold").open = false;
};
