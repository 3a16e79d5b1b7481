// A small question over the page: a few words, or an address.
import { house } from "./schema.js";

const element = (tag, facts = {}, ...inside) => {
  const made = Object.assign(document.createElement(tag), facts);
  made.append(...inside);
  return made;
};

// A dialog with these pieces and buttons; what a button says ends it.
const asked = (title, pieces, buttonsOf, answer, first) => {
  const close = (words) => { dialog.close(); dialog.remove(); answer(words); };
  const press = (words, act, className = "") => {
    const made = element("button", { type: "button", textContent: words, className });
    made.addEventListener("click", act);
    return made;
  };
  const buttons = element("div", { className: "buttons" }, ...buttonsOf(press, close), press(house.words.cancel, () => close(null)));
  const dialog = element("dialog", { className: "editor-ask" }, element("h2", { textContent: title }), ...pieces, buttons);
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); close(null); });
  for (const kind of ["input", "change"]) dialog.addEventListener(kind, (event) => event.stopPropagation());
  document.body.append(dialog);
  dialog.showModal();
  first.focus();
  return close;
};

// What was answered; "" for "remove"; null where nothing is to change. `fixed` is only shown.
export const askWords = ({ title, value = "", line = false, fixed = false, remove = false, valid = () => true }) => new Promise((answer) => {
  const box = element(line ? "input" : "textarea", { value, readOnly: fixed, ...(line ? { type: "text" } : { rows: 4 }) });
  box.setAttribute("aria-label", title);
  const wrong = element("p", { className: "error", hidden: true, textContent: house.words.badLink });
  const done = () => {
    const words = box.value.trim();
    if (!valid(words)) { wrong.hidden = false; box.focus(); return; }
    close(words || (remove ? "" : null));
  };
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (line || event.ctrlKey) && !event.isComposing) { event.preventDefault(); done(); }
  });
  const pieces = [box, wrong, ...(fixed ? [element("p", { className: "quiet", textContent: house.words.noteFixed })] : [])];
  const close = asked(title, pieces, (press, end) => [
    ...(fixed ? [] : [press(house.words.done, done, "primary")]),
    ...(remove ? [press(house.words.remove, () => end(""))] : []),
  ], answer, box);
});

// Which of these, found by typing a part of it, and a line beside where `extra` names one: what was
// chosen, null for nothing. `none` is said where there is nothing to choose from.
export const askChoice = ({ title, options, none, extra = "" }) => new Promise((answer) => {
  const find = element("input", { type: "search", placeholder: house.words.find });
  const list = element("select", { size: Math.min(Math.max(options.length, 2), 8) });
  const beside = element("input", { type: "text", placeholder: extra, maxLength: 60 });
  for (const [one, label] of [[find, house.words.find], [list, title], [beside, extra]]) one.setAttribute("aria-label", label);
  const show = () => {
    const wanted = find.value.trim().toLowerCase();
    const some = options.filter(({ label }) => label.toLowerCase().includes(wanted));
    list.replaceChildren(...some.map(({ value, label }) => element("option", { value, textContent: label, title: label })));
    list.selectedIndex = some.length ? 0 : -1;
  };
  show();
  const done = () => { if (list.value) close({ value: list.value, extra: beside.value.trim() }); };
  find.addEventListener("input", show);
  list.addEventListener("dblclick", done);
  for (const one of [find, list, beside]) one.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); done(); }
    if (one === find && event.key === "ArrowDown") { event.preventDefault(); list.focus(); }
  });
  const some = options.length > 0;
  const pieces = some ? [find, list, ...(extra ? [beside] : [])] : [element("p", { textContent: none, tabIndex: -1 })];
  const close = asked(title, pieces, (press) => (some ? [press(house.words.done, done, "primary")] : []), answer, pieces[0]);
});
