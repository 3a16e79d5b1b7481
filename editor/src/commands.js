// What keys and buttons do.
import { chainCommands, createParagraphNear, liftEmptyBlock, newlineInCode, splitBlock, toggleMark } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { NodeSelection, Plugin, Selection, TextSelection } from "prosemirror-state";
import { CellSelection, TableMap, cellAround, goToNextCell, isInTable, mergeCells, selectedRect } from "prosemirror-tables";
import { canonical, freshId } from "./doc.js";
import { BULLETS, FIRST_NUMBER, markOf, nextMark } from "./marks_typed.js";
import { parsed, schema } from "./schema.js";

const { paragraph, heading, item, note, hard_break, table, table_row, table_cell, table_header } = schema.nodes;

// Every textblock of the selection, with its place.
const lines = (state) => {
  const found = [];
  for (const range of state.selection.ranges) state.doc.nodesBetween(range.$from.pos, range.$to.pos, (node, pos) => {
    if (node.isTextblock) found.push({ node, pos });
    return !node.isTextblock;
  });
  return found;
};

// Each line becomes of this kind; ids stay. Lists lose their mark or get one.
const become = (kindOf) => (state, dispatch) => {
  const some = lines(state);
  if (!some.length) return false;
  if (dispatch) {
    const tr = state.tr;
    let mark = "";
    for (const { node, pos } of some) {
      const { type, level, first } = kindOf(node);
      const at = tr.mapping.map(pos);
      tr.setNodeMarkup(at, type, { id: node.attrs.id, ...(level && { level }) });
      const standing = node.type === item || type === item ? markOf(node.textContent) : "";
      mark = type === item ? (mark ? nextMark(mark) : first) : "";
      if (mark === standing) continue;
      if (standing && node.type === item) tr.delete(at + 1, at + 1 + standing.length);
      if (mark && !(standing && node.type !== item)) tr.insertText(mark, at + 1);
    }
    dispatch(tr.scrollIntoView());
  }
  return true;
};
export const toParagraph = become(() => ({ type: paragraph }));
export const toHeading = (level) => become(() => ({ type: heading, level }));
const toItems = (first) => become((node) => ({ type: item, level: node.attrs.level && node.type === item ? node.attrs.level : 1, first }));
const numbered = (mark) => Boolean(mark) && nextMark(mark) !== mark;
export const toggleList = (first) => (state, dispatch) => {
  const wanted = numbered(first);
  const already = lines(state).every(({ node }) => node.type === item && numbered(markOf(node.textContent)) === wanted);
  return (already ? toParagraph : toItems(first))(state, dispatch);
};
export const bullets = toggleList(BULLETS);
export const numbers = toggleList(FIRST_NUMBER);

const indent = (step) => (state, dispatch) => {
  const some = lines(state).filter(({ node }) => node.type === item);
  if (!some.length || isInTable(state)) return false;
  if (dispatch) {
    const tr = state.tr;
    for (const { node, pos } of some) tr.setNodeAttribute(pos, "level", Math.min(Math.max(node.attrs.level + step, 1), 9));
    dispatch(tr);
  }
  return true;
};

// Enter in a list: the next mark below; on a line with nothing but its mark the list ends.
const enterItem = (state, dispatch) => {
  const { $from, $to } = state.selection;
  const line = $from.parent;
  if (line.type !== item || !$from.sameParent($to)) return false;
  const mark = markOf(line.textContent);
  if (line.textContent === mark && line.content.size === mark.length) {
    if (dispatch) dispatch(state.tr.delete($from.start(), $from.end()).setNodeMarkup($from.before(), paragraph, { id: line.attrs.id }).scrollIntoView());
    return true;
  }
  if (dispatch) {
    const tr = state.tr.deleteSelection();
    tr.split(tr.selection.from, 1, [{ type: item, attrs: { id: null, level: line.attrs.level } }]);
    if (mark) tr.insertText(nextMark(mark), tr.selection.from);
    dispatch(tr.scrollIntoView());
  }
  return true;
};
// Enter at the end of a heading goes on with words.
const enterHeading = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.parent.type !== heading || $from.parentOffset < $from.parent.content.size) return false;
  if (dispatch) dispatch(state.tr.split($from.pos, 1, [{ type: paragraph, attrs: { id: null } }]).scrollIntoView());
  return true;
};
const backAtStart = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.parentOffset || ![item, heading].includes($from.parent.type)) return false;
  if (dispatch) dispatch(state.tr.setNodeMarkup($from.before(), paragraph, { id: $from.parent.attrs.id }));
  return true;
};
const breakLine = (state, dispatch) => {
  if (!state.selection.$from.parent.isTextblock) return false;
  if (dispatch) dispatch(state.tr.replaceSelectionWith(hard_break.create()).scrollIntoView());
  return true;
};

// The block of the top that the selection stands in, one place up or down.
export const moveBlock = (step) => (state, dispatch) => {
  const { $from, from } = state.selection;
  const index = $from.index(0);
  const other = index + step;
  if (state.selection instanceof CellSelection || other < 0 || other >= state.doc.childCount) return false;
  if (dispatch) {
    const node = state.doc.child(index);
    const start = $from.depth ? $from.before(1) : from;
    const to = step < 0 ? start - state.doc.child(other).nodeSize : start + state.doc.child(other).nodeSize;
    const tr = state.tr.delete(start, start + node.nodeSize).insert(to, node);
    const there = to + (from - start);
    tr.setSelection(state.selection instanceof NodeSelection ? NodeSelection.create(tr.doc, there) : TextSelection.near(tr.doc.resolve(there)));
    dispatch(tr.scrollIntoView());
  }
  return true;
};

export const insertTable = (rows, columns) => (state, dispatch) => {
  if (isInTable(state)) return false;
  if (dispatch) {
    const cells = (type) => Array.from({ length: columns }, () => type.createAndFill());
    const grid = Array.from({ length: rows }, (_, row) => table_row.create(null, cells(row ? table_cell : table_header)));
    insertBlock(state, dispatch, table.create({ id: freshId() }, grid), 4);
  }
  return true;
};

// A block behind the line of the cursor, or in place of it where it is empty.
export const insertBlock = (state, dispatch, node, inside = 0) => {
  const tr = state.tr;
  const { $from } = state.selection;
  const cell = cellAround($from);
  const depth = cell ? $from.depth : 1;
  const line = $from.depth ? $from.node(depth) : null;
  const at = line ? (line.isTextblock && !line.content.size ? $from.before(depth) : $from.after(depth)) : state.selection.to;
  if (line && line.isTextblock && !line.content.size) tr.delete(at, at + line.nodeSize);
  tr.insert(at, node);
  const after = at + node.nodeSize;
  if (!cell && after >= tr.doc.content.size) tr.insert(after, paragraph.create({ id: freshId() }));
  tr.setSelection(inside ? Selection.near(tr.doc.resolve(at + inside)) : Selection.near(tr.doc.resolve(after)));
  dispatch(tr.scrollIntoView());
};

// The marked cells as one; without a mark the cell with the one at its right.
export const merge = (state, dispatch) => {
  if (state.selection instanceof CellSelection) return mergeCells(state, dispatch);
  if (!isInTable(state)) return false;
  const rect = selectedRect(state);
  if (rect.right >= rect.map.width) return false;
  const at = (column) => rect.tableStart + rect.map.map[rect.top * rect.map.width + column];
  const both = CellSelection.create(state.doc, at(rect.left), at(rect.right));
  return mergeCells(state.apply(state.tr.setSelection(both)), dispatch && ((tr) => {
    const own = state.tr.setSelection(both);
    for (const step of tr.steps) own.step(step);
    dispatch(own.setSelection(Selection.near(own.doc.resolve(Math.min(own.mapping.map(at(rect.left)) + 2, own.doc.content.size)))));
  }));
};

export const mark = (name) => toggleMark(schema.marks[name]);

// A table's rows are laid over one another; TableMap says where.
export const columnsOf = (node) => TableMap.get(node).width;

export const keys = {
  "Mod-z": undo, "Mod-y": redo, "Shift-Mod-z": redo,
  "Mod-b": mark("b"), "Mod-i": mark("i"), "Mod-u": mark("u"),
  "Mod-Alt-0": toParagraph, "Mod-Alt-1": toHeading(1), "Mod-Alt-2": toHeading(2), "Mod-Alt-3": toHeading(3),
  "Shift-Mod-8": bullets, "Shift-Mod-7": numbers,
  Enter: chainCommands(enterItem, enterHeading, newlineInCode, createParagraphNear, liftEmptyBlock, splitBlock),
  "Shift-Enter": breakLine, Backspace: backAtStart,
  Tab: chainCommands(goToNextCell(1), indent(1)), "Shift-Tab": chainCommands(goToNextCell(-1), indent(-1)),
  "Alt-ArrowUp": moveBlock(-1), "Alt-ArrowDown": moveBlock(1),
};

// Every block has a name of its own: a split, a paste or a new cell gets a fresh one.
export const names = new Plugin({
  appendTransaction: (transactions, before, state) => {
    if (!transactions.some((tr) => tr.docChanged) || sameNames(before.doc, state.doc)) return null;
    const seen = new Set();
    const tr = state.tr;
    state.doc.descendants((node, pos) => {
      if (node.type === note) {
        const fresh = freshNote(node.attrs.json, seen);
        if (fresh) tr.setNodeAttribute(pos, "json", fresh);
      }
      if (!("id" in node.attrs)) return;
      if (!node.attrs.id || seen.has(node.attrs.id)) tr.setNodeAttribute(pos, "id", freshId());
      else seen.add(node.attrs.id);
    });
    return tr.docChanged ? tr : null;
  },
});
// The lines of a note have names as well; a note that was copied gets others.
const freshNote = (json, seen) => {
  const blocks = parsed(json);
  const twice = blocks.some((one) => seen.has(one.id));
  const named = blocks.map((one) => (seen.has(one.id) ? { ...one, id: freshId() } : one));
  for (const one of named) seen.add(one.id);
  return twice ? canonical(named) : "";
};
const atoms = (node) => node.content.content.filter((one) => !one.isText).length;
// Most keys change one line: the same number of blocks, all others the very same.
const sameNames = (before, now) => before.childCount === now.childCount && now.content.content.every((node, at) => {
  const old = before.child(at);
  return node === old || (node.isTextblock && old.isTextblock && node.attrs.id && node.attrs.id === old.attrs.id && atoms(node) === atoms(old));
});
