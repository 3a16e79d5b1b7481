// What points elsewhere: a reference of the report, another place of the section, a remark on words.
import { askChoice, askWords } from "./asking.js";
import { canonical, freshId } from "./doc.js";
import { house, parsed, schema } from "./schema.js";

const { carried_run: run } = schema.nodes;
const { about } = schema.marks;

const put = (view, facts) => {
  const { tr, selection: { $to } } = view.state;
  if ($to.parent.isTextblock) view.dispatch(tr.insert($to.pos, run.create({ json: canonical(facts) })).scrollIntoView());
};

// Behind another one it joins it: 〔1，3〕, not 〔1〕〔3〕.
export const cite = async (view) => {
  const options = house.references.map(({ key, text }) => ({ value: key, label: text }));
  const found = await askChoice({ title: house.words.cite, options, none: house.words.noReferences, extra: house.words.pages });
  view.focus();
  if (!found) return;
  const one = { ref: found.value, ...(found.extra && { at: found.extra }) };
  const { $to } = view.state.selection;
  const before = $to.nodeBefore?.type === run ? parsed($to.nodeBefore.attrs.json)?.cite : null;
  if (before) view.dispatch(view.state.tr.setNodeAttribute($to.pos - 1, "json", canonical({ cite: [...before, one] })));
  else put(view, { cite: [one] });
};

const named = (node) => {
  const block = node.type === schema.nodes.carried ? parsed(node.attrs.json) : null;
  if (node.type === schema.nodes.heading) return node.textContent;
  return block?.kind === "chart" ? block.caption : node.attrs.caption;
};
export const refer = async (view) => {
  const options = [];
  view.state.doc.descendants((node) => {
    const label = node.attrs.id && named(node);
    if (label) options.push({ value: node.attrs.id, label });
  });
  const found = await askChoice({ title: house.words.refer, options, none: house.words.noPlaces });
  view.focus();
  if (found) put(view, { to: found.value });
};

// Words of the selection, one by one: their marks differ.
const eachText = (doc, from, to, act) => doc.nodesBetween(from, to, (node, pos) => {
  if (node.isText) act(node, Math.max(pos, from), Math.min(pos + node.nodeSize, to));
});
const factsOf = (node) => parsed(about.isInSet(node.marks)?.attrs.json ?? "{}") ?? {};
const say = (tr, facts, from, to) => {
  const { said, ...rest } = facts;
  const now = said?.length ? facts : rest;
  if (Object.keys(now).length) tr.addMark(from, to, about.create({ json: canonical(now) }));
  else tr.removeMark(from, to, about);
};

export const remark = async (view) => {
  const { from, to, empty } = view.state.selection;
  const said = empty ? null : await askWords({ title: house.words.remark });
  view.focus();
  if (!said) return;
  const name = freshId();
  const { tr, doc } = view.state;
  let some = false;
  eachText(doc, from, to, (node, start, end) => {
    const facts = factsOf(node);
    say(tr, { ...facts, said: [...(facts.said ?? []), name] }, start, end);
    some = true;
  });
  // who says it and when is written by the house
  if (some) view.dispatch(tr.setDocAttribute("comments", { ...doc.attrs.comments, [name]: { by: "", at: "", words: said } }));
};

const drop = (view, name) => {
  const { tr, doc } = view.state;
  eachText(doc, 0, doc.content.size, (node, start, end) => {
    const facts = factsOf(node);
    if (facts.said?.includes(name)) say(tr, { ...facts, said: facts.said.filter((one) => one !== name) }, start, end);
  });
  const { [name]: _gone, ...rest } = doc.attrs.comments;
  view.dispatch(tr.setDocAttribute("comments", rest));
  view.focus();
};

// The remarks of a section, in the order of the words they are about.
export const remarks = (view) => {
  const dom = Object.assign(document.createElement("ol"), { className: "remarks", hidden: true });
  dom.setAttribute("aria-label", house.words.remark);
  let shown = "";
  const update = () => {
    const { doc } = view.state;
    const { comments } = doc.attrs;
    const quotes = new Map();
    if (Object.keys(comments).length) eachText(doc, 0, doc.content.size, (node) => {
      for (const name of factsOf(node).said ?? []) if (name in comments) quotes.set(name, (quotes.get(name) ?? "") + node.text);
    });
    const now = canonical([...quotes].map(([name, quote]) => [name, quote, comments[name]]));
    if (now === shown) return;
    shown = now;
    dom.hidden = !quotes.size;
    dom.replaceChildren(...[...quotes].map(([name, quote]) => {
      const { by, at, words } = comments[name];
      const line = document.createElement("li");
      const mark = Object.assign(document.createElement("mark"), { textContent: quote.length > 40 ? `${quote.slice(0, 40)}…` : quote });
      const who = Object.assign(document.createElement("span"), { className: "quiet", textContent: [by, at.slice(0, 10)].filter(Boolean).join(" ") });
      const away = Object.assign(document.createElement("button"), { type: "button", textContent: house.words.remove });
      away.setAttribute("aria-label", `${house.words.remove}: ${words}`);
      away.addEventListener("click", () => drop(view, name));
      line.append(mark, ` ${words} `, who, " ", away);
      return line;
    }));
  };
  return { dom, update };
};
