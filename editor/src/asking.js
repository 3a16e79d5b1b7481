// A small question over the page: a few words, or an address.
import { house } from "./schema.js";

const element = (tag, facts = {}, ...inside) => {
  const made = Object.assign(document.createElement(tag), facts);
  made.append(...inside);
  return made;
};

// What was answered; "" for "remove"; null where nothing is to change. `fixed` is only shown.
export const askWords = ({ title, value = "", line = false, fixed = false, remove = false, valid = () => true }) => new Promise((answer) => {
  const box = element(line ? "input" : "textarea", { value, readOnly: fixed, ...(line ? { type: "text" } : { rows: 4 }) });
  box.setAttribute("aria-label", title);
  const close = (words) => { dialog.close(); dialog.remove(); answer(words); };
  const press = (words, act, className = "") => {
    const made = element("button", { type: "button", textContent: words, className });
    made.addEventListener("click", act);
    return made;
  };
  const wrong = element("p", { className: "error", hidden: true, textContent: house.words.badLink });
  const done = () => {
    const words = box.value.trim();
    if (!valid(words)) { wrong.hidden = false; box.focus(); return; }
    close(words || (remove ? "" : null));
  };
  const buttons = element("div", { className: "buttons" },
    ...(fixed ? [] : [press(house.words.done, done, "primary")]),
    ...(remove ? [press(house.words.remove, () => close(""))] : []),
    press(house.words.cancel, () => close(null)));
  const dialog = element("dialog", { className: "editor-ask" }, element("h2", { textContent: title }), box, wrong,
    ...(fixed ? [element("p", { className: "quiet", textContent: house.words.noteFixed })] : []), buttons);
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); close(null); });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (line || event.ctrlKey) && !event.isComposing) { event.preventDefault(); done(); }
  });
  for (const kind of ["input", "change"]) dialog.addEventListener(kind, (event) => event.stopPropagation());
  document.body.append(dialog);
  dialog.showModal();
  box.focus();
});
