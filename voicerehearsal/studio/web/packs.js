// Packs in a list and one by one: new ones, copies, and questions read aloud on the computer's speaker.
import {act, at, byId, live, notice, usable} from "./live.js";
import {_, troubled} from "./words.js";

const pack = byId("pack")?.dataset.pack;

const goTo = path => { location.href = at(path); };

const beginPack = () => {
  const dialog = byId("new-pack");
  if (!dialog) return;
  const form = dialog.querySelector("form");
  const wrong = dialog.querySelector(".wrong");
  byId("new").addEventListener("click", () => dialog.showModal());
  byId("cancel").addEventListener("click", () => dialog.close());
  form.addEventListener("submit", async event => {
    event.preventDefault();
    wrong.hidden = true;
    const language = form.elements.language.value;
    try {
      const made = await act("act/packs/new", {title: byId("title").value, language, source: byId("source").value}, {quiet: true});
      goTo(`packs/${made.id}/edit`);
    } catch (error) {
      wrong.textContent = error.message;
      wrong.hidden = false;
    }
  });
};

const sendFile = async file => {
  // The file as it is: whether it is text, and a pack, is for the studio to say.
  const answer = await fetch(at("act/packs/upload"), {method: "PUT", body: file}).catch(() => null);
  const read = await answer?.json().catch(() => null);
  if (answer?.ok) return goTo(`packs/${read.id}`);
  const more = read?.problems?.length > 1 ? _("{n} more problems.").replace("{n}", read.problems.length - 1) : "";
  notice(read ? `${file.name}: ${troubled(read)} ${more}` : _("The studio does not answer"));
};

const upload = () => {
  const chosen = byId("upload");
  chosen?.addEventListener("change", () => {
    if (chosen.files[0]) sendFile(chosen.files[0]);
    chosen.value = "";
  });
};

const copyPack = () => {
  byId("copy")?.addEventListener("click", async () => {
    const made = await act("act/packs/copy", {pack}).catch(() => null);
    if (made) goTo(`packs/${made.id}/edit`);
  });
};

const removePack = () => {
  const dialog = byId("removing");
  byId("remove")?.addEventListener("click", () => dialog.showModal());
  dialog?.addEventListener("close", async () => {
    if (dialog.returnValue !== "yes") return;
    if (await act("act/packs/remove", {pack}).then(() => true, () => false)) goTo("packs");
  });
};

const hearButtons = [...document.querySelectorAll("button.hear")];
const nameOf = button => `${button.dataset.question}/${"model" in button.dataset ? "model" : "question"}`;

const hear = () => {
  for (const button of hearButtons) {
    button.addEventListener("click", () => {
      const silent = button.getAttribute("aria-pressed") === "true";
      const wanted = silent ? {pack} : {pack, question: button.dataset.question, model_answer: "model" in button.dataset};
      act("act/packs/say", wanted).catch(() => {});
    });
  }
};

const heard = ({name, state, error}) => {
  for (const button of hearButtons) {
    const mine = nameOf(button) === name && state !== "silent";
    button.setAttribute("aria-pressed", String(mine));
    button.classList.toggle("waiting", mine && state === "preparing");
  }
  if (error && hearButtons.some(button => nameOf(button) === name)) notice(troubled(error));
};

/** A link to a question opens what it is folded into. */
const unfold = () => {
  const wanted = location.hash && document.querySelector(location.hash.replace(/[^#\w-]/g, ""));
  for (let above = wanted; above; above = above.parentElement) if (above.tagName === "DETAILS") above.open = true;
  if (wanted) wanted.scrollIntoView();
};

beginPack();
upload();
copyPack();
removePack();
hear();
unfold();
usable();
live({aloud: heard});
