// The row of buttons above a section; a second row while the cursor is in a table.
import { redo, undo } from "prosemirror-history";
import { addColumnAfter, addColumnBefore, addRowAfter, addRowBefore, deleteColumn, deleteRow, deleteTable, isInTable, splitCell, toggleHeaderRow } from "prosemirror-tables";
import { askWords } from "./asking.js";
import { accept, changeAt, changesIn, nextChange, refuse } from "./changes.js";
import { bullets, insertBlock, insertTable, mark, merge, numbers, toHeading, toParagraph } from "./commands.js";
import { figureOf } from "./pictures.js";
import { cite, refer, remark } from "./referring.js";
import { captionOf, house, MIMES, safeLink, schema } from "./schema.js";
import { element, noteOf } from "./views.js";

const { words } = house;

const link = async (view) => {
  const { from, to, empty, $from } = view.state.selection;
  const type = schema.marks.link;
  const standing = type.isInSet($from.marks()) || (view.state.doc.nodeAt(from) && type.isInSet(view.state.doc.nodeAt(from).marks));
  const href = await askWords({ title: words.link, value: standing?.attrs.href ?? "https://", line: true, remove: Boolean(standing), valid: (one) => !one || safeLink(one) });
  view.focus();
  if (href === null) return;
  const tr = view.state.tr;
  if (empty && href && !standing) tr.insert(from, schema.text(href, [type.create({ href })]));
  else if (empty && standing) {
    const [start, end] = [$from.start(), $from.end()];
    tr.doc.nodesBetween(start, end, (node, pos) => {
      if (type.isInSet(node.marks)?.attrs.href !== standing.attrs.href) return;
      tr.removeMark(pos, pos + node.nodeSize, type);
      if (href) tr.addMark(pos, pos + node.nodeSize, type.create({ href }));
    });
  } else {
    tr.removeMark(from, to, type);
    if (href) tr.addMark(from, to, type.create({ href }));
  }
  view.dispatch(tr);
};
// The caption of the table the cursor stands in: it is numbered and can be referred to.
const caption = async (view) => {
  const { $from } = view.state.selection;
  let depth = $from.depth;
  while (depth && $from.node(depth).type !== schema.nodes.table) depth -= 1;
  if (!depth) return;
  const at = $from.before(depth);
  const standing = $from.node(depth).attrs.caption;
  const said = await askWords({ title: words.caption, value: standing, line: true, remove: Boolean(standing) });
  view.focus();
  if (said !== null && said !== standing) view.dispatch(view.state.tr.setNodeAttribute(at, "caption", captionOf(said)));
};
const note = async (view) => {
  const said = await askWords({ title: words.note });
  view.focus();
  if (said && view.state.selection.$to.parent.isTextblock) view.dispatch(view.state.tr.insert(view.state.selection.to, schema.nodes.note.create({ json: noteOf(said) })).scrollIntoView());
};
export const insertFiles = (view, files) => {
  for (const file of files) insertBlock(view.state, view.dispatch, figureOf(file));
};
const picture = (view) => {
  const input = element("input", { type: "file", accept: [...MIMES, "image/webp", "image/bmp"].join(), multiple: true });
  input.addEventListener("change", () => { insertFiles(view, [...input.files]); view.focus(); });
  input.click();
};

const BUTTONS = [
  ["b", "B", mark("b")], ["i", "I", mark("i")], ["u", "U", mark("u")], ["s", "S", mark("s")],
  ["bullets", "•", bullets], ["numbers", "1.", numbers],
  ["table", null, insertTable(3, 3)], ["picture", null, picture], ["note", null, note], ["link", null, link],
  ["cite", null, cite], ["refer", null, refer], ["remark", null, remark],
  ["undo", "↶", undo], ["redo", "↷", redo],
];
const IN_TABLE = [
  ["rowAbove", addRowBefore], ["rowBelow", addRowAfter], ["columnLeft", addColumnBefore], ["columnRight", addColumnAfter],
  ["merge", merge], ["split", splitCell], ["headRow", toggleHeaderRow], ["caption", caption],
  ["dropRow", deleteRow], ["dropColumn", deleteColumn], ["dropTable", deleteTable],
];
const OF_CHANGES = [["nextChange", nextChange], ["accept", accept], ["refuse", refuse]];
const ASKS = new Set([picture, note, link, caption, cite, refer, remark]);
const FACES = { table: "faceTable", picture: "facePicture", note: "faceNote", link: "faceLink", cite: "faceCite", refer: "faceRefer", remark: "faceRemark" };

const press = (view, name, face, command) => {
  const made = element("button", { type: "button", textContent: face, title: words[name], className: `do-${name}` });
  if (face !== words[name]) made.setAttribute("aria-label", words[name]);
  made.tabIndex = -1;
  made.addEventListener("mousedown", (event) => event.preventDefault()); // the cursor stays where it is
  made.addEventListener("click", () => {
    if (ASKS.has(command)) { command(view); return; }
    command(view.state, view.dispatch, view);
    view.focus();
  });
  return made;
};

// The buttons of one row are one stop of the tab key; arrows go along it.
const roving = (bar) => {
  const stops = () => [...bar.querySelectorAll("button, select")].filter((one) => one.offsetParent && !one.disabled);
  bar.querySelector("button, select").tabIndex = 0;
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const all = stops();
    const next = all[(all.indexOf(document.activeElement) + step + all.length) % all.length];
    event.preventDefault();
    next?.focus();
  });
};

export const toolbar = (view, label) => {
  const kind = element("select", { title: words.kind });
  kind.setAttribute("aria-label", words.kind);
  for (const [value, said] of [["0", words.body], ["1", words.heading1], ["2", words.heading2], ["3", words.heading3], ["item", words.item]]) kind.append(element("option", { value, textContent: said }));
  kind.addEventListener("change", () => {
    const command = kind.value === "item" ? bullets : Number(kind.value) ? toHeading(Number(kind.value)) : toParagraph;
    command(view.state, view.dispatch);
    view.focus();
  });
  for (const one of ["input", "change"]) kind.addEventListener(one, (event) => event.stopPropagation());
  const plain = BUTTONS.filter(([name]) => name !== "cite" || house.references).map(([name, face, command]) => [press(view, name, face ?? words[FACES[name]], command), name, command]);
  const first = element("div", { className: "editor-bar" }, kind, ...plain.map(([made]) => made));
  const table = element("div", { className: "editor-bar in-table", hidden: true }, ...IN_TABLE.map(([name, command]) => press(view, name, words[name], command)));
  const settled = OF_CHANGES.map(([name, command]) => [press(view, name, words[name], command), command]);
  const told = element("span", { className: "changes-told" });
  told.setAttribute("role", "status");
  const changes = element("div", { className: "editor-bar of-changes", hidden: true }, ...settled.map(([made]) => made), told);
  for (const bar of [first, table, changes]) {
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", `${label} ${words.tools}`);
  }
  roving(first);
  roving(table);
  roving(changes);
  const dom = element("div", { className: "editor-bars" }, first, table, changes);
  const update = () => {
    const { state } = view;
    const { $from, from, to, empty } = state.selection;
    const line = $from.parent;
    kind.value = line.type === schema.nodes.heading ? String(Math.min(line.attrs.level, 3)) : line.type === schema.nodes.item ? "item" : "0";
    const stored = state.storedMarks ?? $from.marks();
    for (const [made, name, command] of plain) {
      if (schema.marks[name]) made.setAttribute("aria-pressed", String(empty ? Boolean(schema.marks[name].isInSet(stored)) : state.doc.rangeHasMark(from, to, schema.marks[name])));
      else if (command === remark) made.disabled = empty;
      else if (!ASKS.has(command)) made.disabled = !command(state);
    }
    table.hidden = !isInTable(state);
    const found = changesIn(state.doc);
    const now = found.length ? changeAt(state) : null;
    changes.hidden = !found.length;
    for (const [made, command] of settled) made.disabled = !command(state);
    const many = (words.changes ?? "").replace("{}", found.length);
    told.textContent = now ? `${many} · ${now.by.by} ${now.by.at.slice(0, 10)}` : many;
  };
  return { dom, update };
};
