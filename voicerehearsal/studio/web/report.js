// The buttons of a report: moments to hear, and points to correct. One listener for as many reports as a page holds.

/** Listen in `root` for presses: `hear(at)`, in seconds, `judge(point, verdict | null)`. */
export const followReport = (root, {hear, judge = () => {}}) => {
  root.addEventListener("click", e => {
    const moment = e.target.closest("[data-at]");
    if (moment && root.contains(moment) && !moment.closest("answer-picture")) hear(+moment.dataset.at);
    const point = e.target.closest("[data-point]");
    if (point) judge(point.dataset.point, point.dataset.verdict || null);
  });
};
