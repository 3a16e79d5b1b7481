// What may stand in the editor: the blocks and runs of `doc/1`, and nothing else. What this editor
// does not know (a chart, a formula, whatever comes later) is carried: one piece that can be moved
// and removed, whose stored form is kept as it came.
import { Schema } from "prosemirror-model";

export const MARKS = ["b", "i", "u", "s", "sub", "sup"];
export const MIMES = ["image/png", "image/jpeg", "image/gif"];
export const parsed = (text) => { try { return JSON.parse(text); } catch { return null; } };

// Where the pictures of the draft are shown, and the words of the page: said when it is mounted.
export const house = { pictures: "", references: [], words: {} };

const attribute = (name) => (dom) => dom.getAttribute(name);
const levelOf = (dom, otherwise) => Math.min(Math.max(Number(dom.getAttribute("data-level")) || otherwise, 1), 9);
const LABELS = { chart: "chart", formula: "formula" };
const labelOf = (block) => {
  const said = house.words[LABELS[block?.kind] ?? "carried"] ?? "";
  const about = block?.title || block?.text || "";
  return about ? `${said} ${about}` : said;
};
export const runLabel = (run) => {
  if (run?.formula) return run.formula.text;
  if (run?.cut) return run.words;
  if (Array.isArray(run?.cite)) return `[${run.cite.map((one) => `@${one.ref}${one.at ? ` ${one.at}` : ""}`).join("; ")}]`;
  if (run?.to) return house.words.to || "→";
  if (run?.left) return house.words[`left${run.left[0].toUpperCase()}${run.left.slice(1)}`] || house.words.carried;
  return run?.words || run?.text || house.words.carried || "…";
};
export const runLook = (run) => (run?.formula ? "formula-run" : run?.cut ? "cut" : run?.cite || run?.to ? "refers" : "left");

// A caption is one line with something on it.
export const captionOf = (words) => (words ?? "").replace(/\s+/g, " ").trim().slice(0, 1000);

const cell = (tag, type) => ({
  content: "block+",
  attrs: { colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null } },
  tableRole: type,
  isolating: true,
  parseDOM: [{
    tag,
    getAttrs: (dom) => ({ colspan: Math.min(dom.colSpan || 1, 100), rowspan: Math.min(dom.rowSpan || 1, 1000) }),
  }],
  toDOM: (node) => [tag, {
    ...(node.attrs.colspan > 1 && { colspan: node.attrs.colspan }),
    ...(node.attrs.rowspan > 1 && { rowspan: node.attrs.rowspan }),
  }, 0],
});

const nodes = {
  doc: { content: "block+", attrs: { comments: { default: {} } } },
  paragraph: {
    content: "inline*", group: "block", attrs: { id: { default: null } },
    parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0],
  },
  heading: {
    content: "inline*", group: "block", defining: true, attrs: { id: { default: null }, level: { default: 1 } },
    parseDOM: [1, 2, 3, 4, 5, 6].map((rank) => ({ tag: `h${rank}`, getAttrs: (dom) => ({ level: levelOf(dom, rank) }) })),
    toDOM: (node) => [`h${Math.min(node.attrs.level + 2, 6)}`, { "data-level": node.attrs.level }, 0],
  },
  item: {
    content: "inline*", group: "block", attrs: { id: { default: null }, level: { default: 1 } },
    parseDOM: [{ tag: "p.item", priority: 60, getAttrs: (dom) => ({ level: levelOf(dom, 1) }) }],
    toDOM: (node) => ["p", { class: `item in${node.attrs.level}`, "data-level": node.attrs.level }, 0],
  },
  figure: {
    group: "block", atom: true, draggable: true,
    attrs: { id: { default: null }, file: { default: "" }, mime: { default: "image/png" }, alt: { default: "" }, wide: { default: 100 }, caption: { default: "" }, waits: { default: "" } },
    parseDOM: [{
      tag: "figure[data-file]",
      getAttrs: (dom) => ({
        file: /^[0-9a-f]{64}$/.test(dom.dataset.file) ? dom.dataset.file : "",
        mime: MIMES.includes(dom.dataset.mime) ? dom.dataset.mime : "image/png",
        alt: (dom.dataset.alt ?? "").slice(0, 2000),
        wide: Math.min(Math.max(Math.round(Number(dom.dataset.wide)) || 100, 1), 1000),
        caption: captionOf(dom.dataset.caption),
        waits: dom.dataset.waits ?? "",
      }),
    }],
    toDOM: ({ attrs }) => ["figure", { "data-file": attrs.file, "data-mime": attrs.mime, "data-alt": attrs.alt, "data-wide": attrs.wide, ...(attrs.caption && { "data-caption": attrs.caption }), ...(attrs.waits && { "data-waits": attrs.waits }) },
      ...(attrs.file ? [["img", { src: `${house.pictures}${attrs.file}/`, alt: attrs.alt }]] : [])],
  },
  carried: {
    group: "block", atom: true, draggable: true, attrs: { id: { default: null }, json: {} },
    parseDOM: [{ tag: "div[data-carried]", getAttrs: (dom) => (parsed(dom.dataset.carried)?.kind ? { json: dom.dataset.carried } : false) }],
    toDOM: (node) => ["div", { class: "carried", "data-carried": node.attrs.json }, labelOf(parsed(node.attrs.json))],
  },
  table: {
    content: "table_row+", tableRole: "table", isolating: true, group: "block", attrs: { id: { default: null }, caption: { default: "" } },
    parseDOM: [{ tag: "table", getAttrs: (dom) => ({ caption: captionOf(dom.dataset.caption ?? dom.caption?.textContent) }) }],
    toDOM: ({ attrs }) => ["table", attrs.caption ? { "data-caption": attrs.caption } : {}, ["tbody", 0]],
  },
  table_row: {
    content: "(table_cell | table_header)*", tableRole: "row",
    parseDOM: [{ tag: "tr" }], toDOM: () => ["tr", 0],
  },
  table_cell: cell("td", "cell"),
  table_header: cell("th", "header_cell"),
  text: { group: "inline" },
  hard_break: { inline: true, group: "inline", selectable: false, linebreakReplacement: true, parseDOM: [{ tag: "br" }], toDOM: () => ["br"], leafText: () => "\n" },
  note: {
    inline: true, group: "inline", atom: true, attrs: { json: {} },
    parseDOM: [{ tag: "sup[data-note]", priority: 60, getAttrs: (dom) => (Array.isArray(parsed(dom.dataset.note)) ? { json: dom.dataset.note } : false) }],
    toDOM: (node) => ["sup", { class: "note-mark", "data-note": node.attrs.json }],
  },
  carried_run: {
    inline: true, group: "inline", atom: true, attrs: { json: {} },
    parseDOM: [{ tag: "span[data-run]", getAttrs: (dom) => (parsed(dom.dataset.run) ? { json: dom.dataset.run } : false) }],
    toDOM: (node) => {
      const run = parsed(node.attrs.json);
      return ["span", { class: `carried-run ${runLook(run)}`, "data-run": node.attrs.json }, runLabel(run)];
    },
  },
};

const marks = {
  b: { parseDOM: [{ tag: "b" }, { tag: "strong" }], toDOM: () => ["strong", 0] },
  i: { parseDOM: [{ tag: "i" }, { tag: "em" }], toDOM: () => ["em", 0] },
  u: { parseDOM: [{ tag: "u" }], toDOM: () => ["u", 0] },
  s: { parseDOM: [{ tag: "s" }, { tag: "del" }, { tag: "strike" }], toDOM: () => ["s", 0] },
  sub: { parseDOM: [{ tag: "sub" }], toDOM: () => ["sub", 0] },
  sup: { parseDOM: [{ tag: "sup" }], toDOM: () => ["sup", 0] },
  link: {
    attrs: { href: {} }, inclusive: false,
    parseDOM: [{ tag: "a[href]", getAttrs: (dom) => (safeLink(dom.getAttribute("href")) ? { href: dom.getAttribute("href") } : false) }],
    toDOM: (mark) => ["a", { href: mark.attrs.href, rel: "noopener noreferrer" }, 0],
  },
  // who put the words in, what is said about them, and whatever a later schema says of words
  about: {
    attrs: { json: {} }, inclusive: false,
    parseDOM: [{ tag: "span[data-about]", getAttrs: (dom) => (parsed(dom.dataset.about) ? { json: dom.dataset.about } : false) }],
    toDOM: (mark) => {
      const about = parsed(mark.attrs.json) ?? {};
      const look = [about.ins && "ins", about.said && "remark"].filter(Boolean).join(" ");
      const title = about.ins ? `${about.ins.by} ${about.ins.at.slice(0, 10)}` : "";
      return ["span", { class: look, "data-about": mark.attrs.json, ...(title.trim() && { title: title.trim() }) }, 0];
    },
  },
};

// As strict as the server, which decides: the web, mail, pages of this house, places in the text.
export const safeLink = (href) => Boolean(href) && href.length <= 2000 && [
  /^(?:https?:\/\/[^\s/?#]+|mailto:[^\s@]+@)[^\s\x00-\x20"<>\\^`{|}]*$/i,
  /^\/(?![/\\])[^\s\x00-\x20"<>\\^`{|}]*$/,
  /^#[\w.:-]{1,200}$/,
].some((known) => known.test(href));

export const schema = new Schema({ nodes, marks });
