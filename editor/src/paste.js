// What Word, WPS, a spreadsheet or a web page puts on the clipboard, cut down to what `doc/1` holds.
// Nothing is shown before it went through here; styles are read as text and never applied.
import { canonical, freshId } from "./doc.js";
import { nextMark } from "./marks_typed.js";
import { safeLink } from "./schema.js";

const BLOCKS = new Set(["P", "DIV", "H1", "H2", "H3", "H4", "H5", "H6", "LI", "UL", "OL", "TABLE", "BLOCKQUOTE", "PRE", "SECTION", "ARTICLE", "FIGURE", "DL", "DT", "DD", "HR", "CENTER", "BODY", "MAIN", "HEADER", "FOOTER"]);
const DROPPED = new Set(["SCRIPT", "STYLE", "META", "TITLE", "LINK", "XML", "TEMPLATE", "NOSCRIPT", "COL", "COLGROUP", "OBJECT", "IFRAME", "SVG", "MATH", "BUTTON", "INPUT", "TEXTAREA", "SELECT"]);
const TAGS = { B: "b", STRONG: "b", I: "i", EM: "i", U: "u", INS: "u", S: "s", STRIKE: "s", DEL: "s", SUB: "sub", SUP: "sup" };

const element = (name, facts = {}, ...inside) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(facts)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
};
// A style as text: the policy of the page lets none be applied, and none is needed.
const styleOf = (dom) => Object.fromEntries((dom.getAttribute("data-style") ?? "").split(";").map((one) => one.split(/:(.*)/s).map((part) => (part ?? "").trim().toLowerCase())).filter(([name]) => name));
export const parsedPage = (html) => {
  const bare = html.replace(/<(style|script|xml)\b[\s\S]*?<\/\1\s*>/gi, "");
  const tame = bare.replace(/<[a-z!/?][^>]*>/gi, (tag) => tag.replace(/(\s)(style|on\w+)(\s*=)/gi, "$1data-$2$3"));
  return new DOMParser().parseFromString(tame.replace(/<!--\[if[\s\S]*?<!\[endif\]-->/gi, ""), "text/html");
};

const marksOf = (dom, before) => {
  const now = new Set(before);
  if (TAGS[dom.tagName] && !(dom.tagName === "B" && dom.id.startsWith("docs-internal"))) now.add(TAGS[dom.tagName]);
  const style = styleOf(dom);
  const weight = style["font-weight"] ?? "";
  if (/^(bold|bolder|[6-9]00)$/.test(weight)) now.add("b");
  else if (/^(normal|400)$/.test(weight)) now.delete("b");
  if (/italic/.test(style["font-style"] ?? "")) now.add("i");
  const line = `${style["text-decoration"] ?? ""} ${style["text-decoration-line"] ?? ""}`;
  if (/underline/.test(line)) now.add("u");
  if (/line-through/.test(line)) now.add("s");
  if (style["vertical-align"] === "super") now.add("sup");
  if (style["vertical-align"] === "sub") now.add("sub");
  return now;
};
const marked = (inside, marks, href) => {
  let made = inside;
  for (const name of marks) made = element(name, {}, made);
  return href ? element("a", { href }, made) : made;
};

class Reading {
  constructor(page) {
    this.page = page;
    this.out = [];
    this.line = null;
    this.missing = 0; // pictures that did not come along
    this.notes = this.readNotes();
  }

  // Word's footnotes stand at the end of what was copied, under the name their mark leads to.
  readNotes() {
    const found = new Map();
    for (const one of this.page.querySelectorAll("[data-style*='mso-element']")) {
      const kind = styleOf(one)["mso-element"] ?? "";
      if (kind === "footnote" || kind === "endnote") {
        const lines = [...one.querySelectorAll("p")].map((line) => line.textContent.replace(/^\s*\[?\d*\]?\s*/, "").replace(/\s+/g, " ").trim()).filter(Boolean);
        found.set(one.id, lines);
      }
      if (/^(footnote|endnote|comment)(-list)?$/.test(kind)) one.remove();
    }
    return found;
  }

  read() {
    this.children(this.page.body, new Set(), "");
    this.end();
    return this.out;
  }

  end() {
    if (this.line) this.out.push(this.line);
    this.line = null;
  }

  begin(facts) {
    this.end();
    this.line = facts;
  }

  put(node) {
    this.line ??= element("p");
    this.line.append(node);
  }

  children(dom, marks, href, around = {}) {
    for (const child of [...dom.childNodes]) this.node(child, marks, href, around);
  }

  node(dom, marks, href, around) {
    if (dom.nodeType === Node.TEXT_NODE) this.text(dom.data, marks, href, around);
    if (dom.nodeType !== Node.ELEMENT_NODE) return;
    const name = dom.tagName;
    const style = styleOf(dom);
    if (DROPPED.has(name) || /^(V|W|M):/.test(name) || style.display === "none" || style["mso-hide"] === "all") return;
    if (style["mso-list"] === "ignore" || /mso-special-character:\s*comment/.test(dom.getAttribute("data-style") ?? "")) return;
    if (name === "BR") this.lineBreak(style);
    else if (name === "IMG") this.picture(dom);
    else if (name === "TABLE") this.table(dom);
    else if (name === "UL" || name === "OL") this.list(dom, around);
    else if (name === "A") this.anchor(dom, marks, href, around);
    else if (BLOCKS.has(name)) this.block(dom, style, around);
    else this.children(dom, marksOf(dom, marks), href, around);
  }

  text(data, marks, href, around) {
    const said = around.verbatim ? data : data.replace(/[ \t\r\n\f]+/g, " ").replace(/\u00a0/g, " ");
    const blank = !said.trim() && said.trim() !== "\u3000";
    if (!said || (blank && !this.line)) return;
    this.put(marked(document.createTextNode(said), marks, href));
  }

  lineBreak(style) {
    if (style["page-break-before"]) return;
    if (this.line) this.put(element("br"));
  }

  anchor(dom, marks, href, around) {
    const mso = styleOf(dom)["mso-footnote-id"] ?? styleOf(dom)["mso-endnote-id"];
    const lines = mso && this.notes.get([...this.notes.keys()].find((name) => name.toLowerCase() === mso) ?? "");
    if (lines?.length) {
      const blocks = lines.map((words) => ({ id: freshId(), kind: "paragraph", runs: [{ words }] }));
      this.put(element("sup", { "data-note": canonical(blocks) }));
      return;
    }
    const to = dom.getAttribute("href") ?? "";
    this.children(dom, marksOf(dom, marks), safeLink(to) && /^(https?:|mailto:)/i.test(to) ? to : href, around);
  }

  block(dom, style, around) {
    const rank = /^H([1-6])$/.exec(dom.tagName)?.[1] ?? /^[1-6]$/.exec(style["mso-outline-level"] ?? "")?.[0];
    const listed = /\blevel(\d)/.exec(style["mso-list"] ?? "");
    const ignored = listed && [...dom.querySelectorAll("[data-style*='mso-list']")].find((one) => styleOf(one)["mso-list"] === "ignore");
    const base = new Set();
    if (rank && !around.cell) this.begin(element(`h${rank}`, { "data-level": rank }));
    else if (listed && !around.cell) this.begin(element("p", { class: "item", "data-level": listed[1] }));
    else if (dom.tagName === "P" || dom.tagName === "LI") this.begin(element("p"));
    else this.end();
    if (ignored) {
      const sign = ignored.textContent.replace(/[\s\u00a0]+/g, "").replace(/^[\uf000-\uf0ff]$|^[·§o]$/, "•");
      if (sign) this.put(document.createTextNode(`${sign} `));
    }
    this.children(dom, rank ? base : marksOf(dom, base), "", { ...around, verbatim: dom.tagName === "PRE" });
    this.end();
  }

  list(dom, around) {
    const level = (around.level ?? 0) + 1;
    let mark = dom.tagName === "OL" ? `${Number(dom.getAttribute("start")) || 1}. ` : "• ";
    for (const one of [...dom.children]) {
      if (one.tagName === "UL" || one.tagName === "OL") this.list(one, { ...around, level });
      if (one.tagName !== "LI") continue;
      this.begin(element("p", { class: "item", "data-level": Math.min(level, 9) }, mark));
      for (const child of [...one.childNodes]) {
        if (child.nodeType === Node.ELEMENT_NODE && child.tagName === "P") this.children(child, new Set(), "", { ...around, level });
        else this.node(child, new Set(), "", { ...around, level });
      }
      this.end();
      mark = nextMark(mark);
    }
  }

  table(dom) {
    this.end();
    const rows = [...dom.rows].filter((row) => row.closest("table") === dom).map((row) => {
      const cells = [...row.cells].map((cell) => {
        const inner = new Reading(this.page.implementation.createHTMLDocument(""));
        inner.notes = this.notes;
        inner.children(cell, new Set(), "", { cell: true });
        inner.end();
        this.missing += inner.missing;
        const facts = {};
        if (cell.colSpan > 1) facts.colspan = cell.colSpan;
        if (cell.rowSpan > 1) facts.rowspan = cell.rowSpan;
        const blank = inner.out.every((one) => one.tagName === "P" && !one.textContent.trim() && !one.children.length);
        return element(cell.tagName.toLowerCase(), facts, ...(blank ? [element("p")] : trimmed(inner.out)));
      });
      return element("tr", {}, ...cells);
    }).filter((row) => row.cells.length);
    if (rows.length) this.out.push(element("table", {}, element("tbody", {}, ...rows)));
  }

  picture(dom) {
    const source = dom.getAttribute("src") ?? "";
    const here = source.startsWith("/") || source.startsWith(`${location.origin}/`);
    if (!here && !/^data:image\/(png|jpeg|gif|webp|bmp);base64,/i.test(source)) {
      if (!/^1?$|^[01]$/.test(dom.getAttribute("width") ?? "")) this.missing += 1;
      return;
    }
    this.end();
    this.out.push(element("figure", { "data-file": "", "data-waits": source, "data-alt": dom.getAttribute("alt") ?? "" }));
  }
}

// Cells of a sheet and of Word have blanks around their words that nobody typed.
const trimmed = (blocks) => {
  for (const one of blocks) {
    if (one.tagName !== "P") continue;
    const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    if (texts.length) {
      texts[0].data = texts[0].data.replace(/^ +/, "");
      texts[texts.length - 1].data = texts[texts.length - 1].data.replace(/ +$/, "");
    }
  }
  return blocks.filter((one) => one.tagName !== "P" || one.textContent || one.children.length);
};

// What the clipboard says, as blocks of the editor; how many pictures did not come along.
export const cleaned = (html) => {
  if (/data-pm-slice/.test(html)) return { html, missing: 0 }; // our own, and read strictly
  const reading = new Reading(parsedPage(html));
  const blocks = reading.read().filter((one) => one.tagName !== "P" || one.textContent.trim() || one.querySelector("sup[data-note]"));
  for (const one of blocks) if (/^(P|H\d)$/.test(one.tagName)) trimmed([one]);
  return { html: blocks.map((one) => one.outerHTML).join(""), missing: reading.missing };
};

// Lines with tabs copied from a sheet as bare words: a table, where every line has as many cells.
export const tableOfLines = (text) => {
  const rows = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
  const wide = rows[0].length;
  if (wide < 2 || rows.length < 2 || wide > 60 || rows.some((row) => row.length !== wide)) return null;
  return rows;
};
