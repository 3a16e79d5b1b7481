// Puts the editor in the place of each box of a section, and what is written back into the boxes that
// are sent and watched: the words as they always were, and the document where it is more than lines.
import { baseKeymap } from "prosemirror-commands";
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { history } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { DOMParser as Parser, Slice } from "prosemirror-model";
import { EditorState } from "prosemirror-state";
import { tableEditing } from "prosemirror-tables";
import { EditorView } from "prosemirror-view";
import { keys, names } from "./commands.js";
import { fromDoc, fromLines, toStored } from "./doc.js";
import { cleaned, parsedPage, tableOfLines } from "./paste.js";
import { bring, picturesOf } from "./pictures.js";
import { remarks } from "./referring.js";
import { house, parsed, schema } from "./schema.js";
import { insertFiles, toolbar } from "./toolbar.js";
import { element, nodeViews } from "./views.js";

const said = (line, words) => {
  line.textContent = words;
  line.hidden = !words;
};

// Lines of bare words become lines; a sheet's rows a table, unless it is pasted as words.
const linesPasted = (text, _context, plain) => {
  const rows = plain ? null : tableOfLines(text);
  const lines = () => text.replace(/\r\n?/g, "\n").split("\n").map((line) => element("p", { textContent: line }));
  const grid = () => [element("table", {}, element("tbody", {}, ...rows.map((row) => element("tr", {}, ...row.map((cell) => element("td", {}, element("p", { textContent: cell })))))))];
  const dom = element("div", {}, ...(rows ? grid() : lines()));
  const slice = Parser.fromSchema(schema).parseSlice(dom, { preserveWhitespace: "full" });
  return rows ? slice : new Slice(slice.content, Math.min(1, slice.openStart || 1), Math.min(1, slice.openEnd || 1));
};

// What was copied from another section may speak of comments that are not here.
const withoutStrangers = (doc) => (slice) => {
  const known = doc().attrs.comments;
  const tame = (node) => {
    if (!node.isText) return node.copy(mapped(node.content));
    const about = node.marks.find((one) => one.type === schema.marks.about);
    const facts = about && parsed(about.attrs.json);
    if (!facts?.said || facts.said.every((name) => name in known)) return node;
    const said_ = facts.said.filter((name) => name in known);
    const { said: _said, ...rest } = facts;
    const kept = said_.length ? { ...rest, said: said_ } : rest;
    const bare = node.marks.filter((one) => one !== about);
    return node.mark(Object.keys(kept).length ? schema.marks.about.create({ json: JSON.stringify(kept) }).addToSet(bare) : bare);
  };
  const mapped = (fragment) => {
    let out = fragment;
    fragment.forEach((node, _offset, at) => { out = out.replaceChild(at, tame(node)); });
    return out;
  };
  return new Slice(mapped(slice.content), slice.openStart, slice.openEnd);
};

class Section {
  constructor(words, doc) {
    Object.assign(this, { words, doc });
    const label = words.labels?.[0];
    const name = (label?.textContent ?? "").replace(/\s+/g, " ").trim();
    this.told = element("p", { className: "note tone-soon", hidden: true });
    this.told.setAttribute("role", "status");
    this.holder = element("div", { className: "editor" });
    const facts = { "aria-label": name, "aria-multiline": "true", role: "textbox", class: "editor-text typed", spellcheck: "false", id: words.id };
    for (const one of ["aria-describedby", "aria-invalid"]) if (words.hasAttribute(one)) facts[one] = words.getAttribute(one);
    this.view = new EditorView(this.holder, {
      state: this.read(),
      attributes: facts,
      nodeViews,
      dispatchTransaction: (tr) => this.dispatch(tr),
      transformPastedHTML: (html) => this.pasted(html),
      transformPasted: (slice) => withoutStrangers(() => this.view.state.doc)(slice),
      clipboardTextParser: linesPasted,
      clipboardTextSerializer: (slice) => slice.content.textBetween(0, slice.content.size, "\n", (node) => (node.type === schema.nodes.hard_break ? "\n" : "")),
      handlePaste: (view, event) => this.files(event.clipboardData),
      handleDrop: (view, event, _slice, moved) => !moved && this.files(event.dataTransfer) && (event.preventDefault(), true),
    });
    this.bar = toolbar(this.view, name);
    this.remarks = remarks(this.view);
    this.holder.prepend(this.bar.dom);
    this.holder.append(this.remarks.dom);
    this.update();
    words.setAttribute("aria-label", name);
    words.id = `${words.id}-words`;
    label?.addEventListener("click", () => this.view.focus());
    words.readOnly = false;
    words.hidden = true;
    words.after(this.holder, this.told);
    for (const one of [words, doc]) one.addEventListener("draft-put", () => this.reload());
  }

  read() {
    const doc = fromDoc(this.doc.value) ?? fromLines(this.words.value);
    const plugins = [names, keymap(keys), keymap(baseKeymap), history(), dropCursor({ class: "editor-drop", color: false }), gapCursor(), tableEditing()];
    return EditorState.create({ doc, plugins });
  }

  // The boxes were filled from outside: what was found again, what another window wrote.
  reload() {
    clearTimeout(this.coming);
    this.coming = setTimeout(() => {
      this.view.updateState(this.read());
      this.update();
    });
  }

  update() {
    this.bar.update();
    this.remarks.update();
  }

  dispatch(tr) {
    this.view.updateState(this.view.state.apply(tr));
    if (this.bar) this.update();
    if (!tr.docChanged) return;
    bring(this.view, (words) => said(this.told, words));
    const stored = toStored(this.view.state.doc);
    if (stored.words === this.words.value && stored.doc === this.doc.value) return;
    this.words.value = stored.words;
    this.doc.value = stored.doc;
    this.words.dispatchEvent(new Event("input", { bubbles: true }));
  }

  pasted(html) {
    const { html: tame, missing } = cleaned(html);
    said(this.told, missing ? house.words.missing.replace("{}", missing) : "");
    return tame;
  }

  // A picture alone on the clipboard, or dropped; with words beside it the words are what is meant.
  files(data) {
    const found = picturesOf(data);
    if (!found.length) return false;
    const html = data.getData("text/html");
    const page = html && parsedPage(html);
    if (page && (page.body.textContent.trim() || page.querySelector("table"))) return false;
    insertFiles(this.view, found);
    return true;
  }
}

const place = document.getElementById("editor-house");
if (place) {
  Object.assign(house.words, place.dataset);
  Object.assign(house, { pictures: place.dataset.pictures, upload: place.dataset.upload });
  const listed = document.getElementById("editor-references");
  house.references = listed ? (parsed(listed.textContent) ?? []) : null; // a text that has none cites none
  for (const doc of document.querySelectorAll("textarea[data-doc-of]")) {
    const words = doc.form.elements[doc.dataset.docOf];
    if (words) new Section(words, doc);
  }
  for (const one of document.querySelectorAll("[data-no-script]")) one.remove();
}
