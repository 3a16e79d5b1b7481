// `doc/1` into the editor and out again. A block that nobody touched is written as it came, to the
// letter; of one that was touched everything is written anew from what stands in it.
import { Fragment } from "prosemirror-model";
import { TableMap } from "prosemirror-tables";
import { MARKS, parsed, schema } from "./schema.js";

const has = (one, needed, free = []) => needed.every((key) => key in one) && Object.keys(one).every((key) => needed.includes(key) || free.includes(key));

// The one spelling of a value: sorted keys, no blanks. The server's is the same.
export const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value && typeof value === "object") return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
  return JSON.stringify(value);
};

export const freshId = () => {
  const [high, low] = crypto.getRandomValues(new Uint32Array(2));
  return `n${high.toString(36)}${low.toString(36)}`.slice(0, 14);
};

// --- in ---------------------------------------------------------------------------------------------
const made = new WeakMap();
const keep = (node, block) => {
  made.set(node, { block });
  return node;
};

const words = (text, marks) => text.split("\n").flatMap((line, place) => [
  ...(place ? [schema.nodes.hard_break.create(null, null, marks)] : []),
  ...(line ? [schema.text(line, marks)] : []),
]);

export const inlines = (runs) => runs.flatMap((run) => {
  if (has(run, ["note"])) return [schema.nodes.note.create({ json: canonical(run.note) })];
  const { words: said, marks = [], link, ...about } = run;
  if (typeof said !== "string" || "cut" in run || marks.some((name) => !MARKS.includes(name))) return [schema.nodes.carried_run.create({ json: canonical(run) })];
  let all = marks.reduce((set, name) => schema.marks[name].create().addToSet(set), []);
  if (link) all = schema.marks.link.create({ href: link }).addToSet(all);
  if (Object.keys(about).length) all = schema.marks.about.create({ json: canonical(about) }).addToSet(all);
  return words(said, all);
});

const cellOf = (one, header) => {
  const inside = one.blocks.length ? one.blocks.map(nodeOf) : [schema.nodes.paragraph.create({ id: freshId() })];
  return schema.nodes[header ? "table_header" : "table_cell"].create({ colspan: one.cols, rowspan: one.rows }, inside);
};

const tableOf = (block) => {
  const rows = block.rows.map((row, place) => schema.nodes.table_row.create(null, row.map((one) => cellOf(one, place < block.head))));
  return schema.nodes.table.create({ id: block.id, caption: block.caption ?? "" }, rows);
};

const LINE = ["id", "kind", "runs"];
const KNOWN = {
  paragraph: (one) => has(one, LINE) && schema.nodes.paragraph.create({ id: one.id }, inlines(one.runs)),
  heading: (one) => has(one, [...LINE, "level"]) && schema.nodes.heading.create({ id: one.id, level: one.level }, inlines(one.runs)),
  item: (one) => has(one, [...LINE, "level"]) && schema.nodes.item.create({ id: one.id, level: one.level }, inlines(one.runs)),
  figure: (one) => has(one, ["id", "kind", "file", "mime", "alt", "wide"], ["caption"]) && schema.nodes.figure.create({ ...one, caption: one.caption ?? "" }),
  table: (one) => has(one, ["id", "kind", "columns", "head", "rows"], ["caption"]) && one.rows.every((row) => row.every((cell) => has(cell, ["rows", "cols", "blocks"]))) && tableOf(one),
};
const nodeOf = (block) => keep((KNOWN[block.kind] && KNOWN[block.kind](block)) || schema.nodes.carried.create({ id: block.id, json: canonical(block) }), block);

// A stored document; null for what is none.
export const fromDoc = (text) => {
  const doc = parsed(text);
  if (doc?.form !== "doc/1" || !Array.isArray(doc.blocks)) return null;
  return root(doc.blocks.map(nodeOf), doc.comments);
};

// Typed lines: each a paragraph, letter for letter.
export const fromLines = (text) => root(text.split("\n").map((line) => schema.nodes.paragraph.create({ id: freshId() }, line ? schema.text(line) : null)), {});

// Behind a table or a picture at the end there is a line to go on with; it is stored once it says
// something.
const root = (blocks, comments) => {
  const open = blocks.length && blocks[blocks.length - 1].isTextblock;
  return schema.nodes.doc.create({ comments }, Fragment.from(open ? blocks : [...blocks, schema.nodes.paragraph.create({ id: freshId() })]));
};
const isSpare = (doc) => {
  const last = doc.lastChild;
  return doc.childCount > 1 && last.type === schema.nodes.paragraph && !last.childCount && !doc.child(doc.childCount - 2).isTextblock;
};

// --- out --------------------------------------------------------------------------------------------
const look = (marks) => {
  const names = marks.map((one) => one.type.name);
  const found = MARKS.filter((name) => names.includes(name));
  const link = marks.find((one) => one.type === schema.marks.link);
  const about = marks.find((one) => one.type === schema.marks.about);
  return { ...(about && parsed(about.attrs.json)), ...(found.length && { marks: found }), ...(link && { link: link.attrs.href }) };
};

export const runsOf = (node) => {
  const runs = [];
  let before = "";
  node.forEach((child) => {
    if (child.type === schema.nodes.note) {
      runs.push({ note: parsed(child.attrs.json) });
      before = "";
    } else if (child.type === schema.nodes.carried_run) {
      runs.push(parsed(child.attrs.json));
      before = "";
    } else {
      const about = look(child.marks);
      const said = child.isText ? child.text : "\n";
      const now = canonical(about);
      if (before === now) runs[runs.length - 1].words += said;
      else runs.push({ words: said, ...about });
      before = now;
    }
  });
  return runs;
};

const cellBlocks = (cell) => {
  const bare = cell.childCount === 1 && cell.firstChild.type === schema.nodes.paragraph && cell.firstChild.childCount === 0;
  return bare ? [] : blocksIn(cell);
};

// How many rows from the top are heads: all their cells are, and none reaches below them.
const headRows = (table) => {
  let count = 0;
  while (count < table.childCount && table.child(count).childCount && Array.from(table.child(count).content.content).every((cell) => cell.type === schema.nodes.table_header)) count += 1;
  const reaches = (top) => Array.from({ length: top }, (_, row) => row).some((row) => table.child(row).content.content.some((cell) => row + cell.attrs.rowspan > top));
  while (count && reaches(count)) count -= 1;
  return count;
};

const tableBlock = (node) => ({
  id: node.attrs.id,
  kind: "table",
  ...(node.attrs.caption && { caption: node.attrs.caption }),
  columns: TableMap.get(node).width,
  head: headRows(node),
  rows: node.content.content.map((row) => row.content.content.map((cell) => ({ rows: cell.attrs.rowspan, cols: cell.attrs.colspan, blocks: cellBlocks(cell) }))),
});

const written = (node) => {
  const { id, level, json, waits: _waits, caption, ...facts } = node.attrs;
  const kind = node.type.name;
  if (kind === "carried") return { ...parsed(json), id };
  if (kind === "figure") return facts.file ? { id, kind, ...facts, ...(caption && { caption }) } : null; // still on its way
  if (kind === "table") return tableBlock(node);
  return { id, kind, ...(level && { level }), runs: runsOf(node) };
};

const entry = (node) => {
  let found = made.get(node);
  if (!found) made.set(node, found = { block: written(node) });
  return found;
};
const blocksIn = (node) => node.content.content.map((one) => entry(one).block).filter(Boolean);

const runWords = (run) => {
  if (run.note) return `［${run.note.map((one) => (one.runs ?? []).map(runWords).join("")).join(" ")}］`;
  if (run.formula) return run.formula.text;
  return run.cut ? "" : run.words ?? "";
};
const blockWords = (block) => {
  if (block.runs) return block.runs.map(runWords).join("");
  if (block.rows) return block.rows.map((row) => row.map((cell) => cell.blocks.map(blockWords).join(" ")).join("\t")).join("\n");
  return block.alt || block.title || block.text || "";
};
const saidIn = (value, found) => {
  if (Array.isArray(value)) value.forEach((one) => saidIn(one, found));
  else if (value && typeof value === "object") for (const [key, one] of Object.entries(value)) {
    if (key === "said" && Array.isArray(one)) one.forEach((name) => found.add(name));
    else saidIn(one, found);
  }
  return found;
};
const onlyLines = (block) => block.kind === "paragraph" && block.runs.every((run) => has(run, ["words"]));

// What stands in the editor: its bare words, and as `doc/1` where it is more than lines.
export const toStored = (doc) => {
  const all = [];
  const spare = isSpare(doc) ? doc.lastChild : null;
  doc.forEach((node) => {
    if (node === spare) return;
    const found = entry(node);
    if (!found.block) return;
    if (found.text === undefined) {
      found.text = canonical(found.block);
      found.words = blockWords(found.block);
      found.lines = onlyLines(found.block);
      found.said = saidIn(found.block, new Set());
    }
    all.push(found);
  });
  const said = all.map((one) => one.words).join("\n");
  if (all.every((one) => one.lines)) return { words: said, doc: "" };
  const names = new Set(all.flatMap((one) => [...one.said]));
  const comments = Object.fromEntries(Object.entries(doc.attrs.comments).filter(([name]) => names.has(name)));
  return { words: said, doc: `{"blocks":[${all.map((one) => one.text).join(",")}],"comments":${canonical(comments)},"form":"doc/1"}` };
};
