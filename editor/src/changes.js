// Tracked changes of a text that came marked up: words put in, words cut out, each accepted or refused
// by itself. What is accepted stands as if it had been typed; what is refused stands as it was before.
import { Fragment } from "prosemirror-model";
import { TextSelection } from "prosemirror-state";
import { canonical, inlines } from "./doc.js";
import { parsed, schema } from "./schema.js";

const aboutOf = (node) => parsed(schema.marks.about.isInSet(node.marks)?.attrs.json ?? "") ?? {};
const changeOf = (node) => {
  if (node.type === schema.nodes.carried_run) {
    const run = parsed(node.attrs.json);
    return run?.cut ? { kind: "cut", by: run.cut } : null;
  }
  const { ins } = aboutOf(node);
  return ins ? { kind: "ins", by: ins } : null;
};

// Every change in the order of the text: pieces beside each other of one kind and one hand are one.
export const changesIn = (doc) => {
  const found = [];
  doc.descendants((node, pos, parent) => {
    const change = node.isInline && changeOf(node);
    if (!change) return;
    const last = found[found.length - 1];
    const same = last && last.to === pos && last.parent === parent && last.kind === change.kind && canonical(last.by) === canonical(change.by);
    if (same) last.to = pos + node.nodeSize;
    else found.push({ ...change, from: pos, to: pos + node.nodeSize, parent });
  });
  return found;
};
export const changeAt = (state) => {
  const { from, to } = state.selection;
  const all = changesIn(state.doc);
  return all.find((one) => one.from <= from && to <= one.to && from < one.to) ?? all.find((one) => one.to === from && to === from);
};

const select = (tr, one) => tr.setSelection(TextSelection.create(tr.doc, one.from, one.to)).scrollIntoView();
const after = (tr, pos) => {
  const all = changesIn(tr.doc);
  const next = all.find((one) => one.from >= pos) ?? all[0];
  return next ? select(tr, next) : tr;
};

// Words put in lose whose they are; what else is said about them stays.
const plainly = (tr, { from, to }) => tr.doc.nodesBetween(from, to, (node, pos) => {
  if (!node.isInline || !aboutOf(node).ins) return;
  const [start, end] = [Math.max(pos, from), Math.min(pos + node.nodeSize, to)];
  const { ins: _ins, ...rest } = aboutOf(node);
  tr.removeMark(start, end, schema.marks.about);
  if (Object.keys(rest).length) tr.addMark(start, end, schema.marks.about.create({ json: canonical(rest) }));
});
// Words cut out stand again.
const restored = (doc, { from, to }) => {
  const again = [];
  doc.nodesBetween(from, to, (node) => {
    if (node.type !== schema.nodes.carried_run) return;
    const { cut: _cut, ...run } = parsed(node.attrs.json);
    again.push(...inlines([run]));
  });
  return Fragment.from(again);
};

const settle = (stays) => (state, dispatch) => {
  const one = changeAt(state);
  if (!one) return false;
  if (dispatch) {
    const { tr } = state;
    if (one.kind !== stays) tr.delete(one.from, one.to);
    else if (stays === "ins") plainly(tr, one);
    else tr.replaceWith(one.from, one.to, restored(state.doc, one));
    dispatch(after(tr, one.from));
  }
  return true;
};
export const accept = settle("ins");
export const refuse = settle("cut");
export const nextChange = (state, dispatch) => {
  const all = changesIn(state.doc);
  if (!all.length) return false;
  const { to } = state.selection;
  const now = changeAt(state);
  const next = all.find((one) => one.from >= (now?.to ?? to)) ?? all[0];
  if (dispatch) dispatch(select(state.tr, next));
  return true;
};
