// How pieces look that are no plain words: a picture with its description, a carried piece, a note.
import { NodeSelection } from "prosemirror-state";
import { moveBlock } from "./commands.js";
import { askWords } from "./asking.js";
import { canonical, freshId } from "./doc.js";
import { captionOf, house, parsed, schema } from "./schema.js";

export const element = (tag, facts = {}, ...inside) => {
  const made = Object.assign(document.createElement(tag), facts);
  made.append(...inside);
  return made;
};
const button = (words, said, press) => {
  const made = element("button", { type: "button", textContent: words, title: said });
  made.setAttribute("aria-label", said);
  made.addEventListener("mousedown", (event) => event.preventDefault());
  made.addEventListener("click", press);
  return made;
};

// Up, down and away, for whoever drags nothing.
const bar = (view, place, ...more) => {
  const act = (command) => () => {
    const { state } = view;
    view.dispatch(state.tr.setSelection(NodeSelection.create(state.doc, place())));
    command(view.state, view.dispatch);
    view.focus();
  };
  const made = element("div", { className: "piece-bar" }, ...more,
    button("↑", house.words.up, act(moveBlock(-1))),
    button("↓", house.words.down, act(moveBlock(1))),
    button("×", house.words.remove, act((state, dispatch) => dispatch(state.tr.deleteSelection()))));
  made.contentEditable = "false";
  return made;
};

class Piece {
  stopEvent(event) { return event.target instanceof Element && Boolean(event.target.closest(".piece-bar")) && !event.type.startsWith("drag"); }

  ignoreMutation() { return true; }

  selectNode() { this.dom.classList.add("picked"); }

  deselectNode() { this.dom.classList.remove("picked"); }
}

const WIDTHS = [40, 70, 100, 140];
class Figure extends Piece {
  constructor(node, view, place) {
    super();
    Object.assign(this, { node, view, place });
    this.image = element("img", { alt: node.attrs.alt });
    this.wait = element("p", { className: "quiet", textContent: house.words.pictureComing });
    this.alt = element("input", { type: "text", value: node.attrs.alt, placeholder: house.words.alt, maxLength: 2000 });
    this.alt.setAttribute("aria-label", house.words.alt);
    this.alt.addEventListener("change", () => this.set("alt", this.alt.value));
    this.alt.addEventListener("keydown", (event) => {
      if (event.key === "Enter") { event.preventDefault(); this.set("alt", this.alt.value); view.focus(); }
    });
    this.caption = element("input", { type: "text", value: node.attrs.caption, placeholder: house.words.caption, maxLength: 1000 });
    this.caption.setAttribute("aria-label", house.words.caption);
    this.caption.addEventListener("change", () => this.set("caption", captionOf(this.caption.value)));
    this.caption.addEventListener("keydown", (event) => {
      if (event.key === "Enter") { event.preventDefault(); this.set("caption", captionOf(this.caption.value)); view.focus(); }
    });
    this.wide = element("select", { title: house.words.width });
    this.wide.setAttribute("aria-label", house.words.width);
    for (const one of WIDTHS) this.wide.append(element("option", { value: one, textContent: `${one} mm` }));
    this.wide.addEventListener("change", () => this.set("wide", Number(this.wide.value)));
    this.dom = element("figure", { className: "piece" }, this.image, this.wait, bar(view, place, this.caption, this.alt, this.wide));
    this.show();
  }

  set(name, value) {
    if (this.node.attrs[name] !== value) this.view.dispatch(this.view.state.tr.setNodeAttribute(this.place(), name, value));
  }

  show() {
    const { file, alt, wide } = this.node.attrs;
    if (file && !this.image.src.endsWith(`${file}/`)) this.image.src = `${house.pictures}${file}/`;
    this.image.alt = alt;
    this.image.style.width = `${wide}mm`;
    this.image.hidden = !file;
    this.wait.hidden = Boolean(file);
    if (document.activeElement !== this.alt) this.alt.value = alt;
    if (document.activeElement !== this.caption) this.caption.value = this.node.attrs.caption;
    if (!WIDTHS.includes(wide) && ![...this.wide.options].some((one) => one.value === String(wide))) this.wide.prepend(element("option", { value: wide, textContent: `${wide} mm` }));
    this.wide.value = String(wide);
  }

  update(node) {
    if (node.type !== this.node.type) return false;
    this.node = node;
    this.show();
    return true;
  }
}

// A chart, a formula, whatever this editor cannot change: shown as the page shows it.
class Carried extends Piece {
  constructor(node, view, place) {
    super();
    const block = parsed(node.attrs.json);
    const shown = [...document.querySelectorAll("template[data-carried]")].find((one) => one.dataset.carried === block?.id);
    const inner = element("div", { className: "carried-inner" });
    if (shown) inner.append(shown.content.cloneNode(true));
    else inner.textContent = schema.nodes.carried.spec.toDOM(node)[2];
    this.dom = element("div", { className: "piece carried" }, inner, bar(view, place, element("span", { className: "quiet", textContent: house.words.carriedHelp })));
  }
}

const noteWords = (blocks) => blocks.map((one) => (one.runs ?? []).map((run) => run.words ?? "").join("")).join("\n");
const isPlain = (blocks) => blocks.every((one) => one.kind === "paragraph" && one.runs.every((run) => Object.keys(run).join() === "words"));
export const noteOf = (words, before = []) => canonical(words.split("\n").filter((line, at, all) => line.trim() || all.length === 1).map((line, at) => ({ id: before[at]?.id ?? freshId(), kind: "paragraph", runs: line ? [{ words: line }] : [] })));

class Note {
  constructor(node, view, place) {
    Object.assign(this, { node, view, place });
    this.dom = element("sup", { className: "note-mark", tabIndex: 0 });
    this.dom.setAttribute("role", "button");
    this.say();
    this.dom.addEventListener("dblclick", () => this.open());
    this.dom.addEventListener("click", () => this.open());
    this.dom.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); this.open(); } });
  }

  say() {
    const words = noteWords(parsed(this.node.attrs.json));
    this.dom.title = words;
    this.dom.setAttribute("aria-label", `${house.words.note}: ${words}`);
  }

  async open() {
    const blocks = parsed(this.node.attrs.json);
    const fixed = !isPlain(blocks);
    const words = await askWords({ title: house.words.note, value: noteWords(blocks), fixed, remove: true });
    if (words === null) { this.view.focus(); return; }
    const tr = this.view.state.tr;
    const at = this.place();
    if (words === "") tr.delete(at, at + 1);
    else if (!fixed) tr.setNodeAttribute(at, "json", noteOf(words, blocks));
    if (tr.docChanged) this.view.dispatch(tr);
    this.view.focus();
  }

  update(node) {
    if (node.type !== this.node.type) return false;
    this.node = node;
    this.say();
    return true;
  }

  stopEvent(event) { return event.type === "keydown" && event.key === "Enter"; }

  ignoreMutation() { return true; }
}

export const nodeViews = {
  figure: (...facts) => new Figure(...facts),
  carried: (...facts) => new Carried(...facts),
  note: (...facts) => new Note(...facts),
};
