// Subtitles edited cue by cue beside their film. Without this file the text box does the same; what is saved is always that text.
const root = document.querySelector("[data-subtitles]");
const box = root && root.querySelector("textarea[name=cues]");
const say = root ? root.dataset : {};
const film = root && root.querySelector("[data-film]");
const list = root && root.querySelector("[data-cues]");
const TIME = /^(?:(\d{1,2}):)?([0-5]?\d):([0-5]?\d)(?:[.,](\d{1,3}))?$/;
const MOST_BACK = 30;
let cues = [];
let beside = [];
let back = [];
let at = 0;
let waiting = 0;

const moment = (word) => {
  const found = TIME.exec(word.trim());
  if (!found) return null;
  return ((Number(found[1] || 0) * 60 + Number(found[2])) * 60 + Number(found[3])) * 1000 + Number((found[4] || "0").padEnd(3, "0"));
};
const two = (number) => String(number).padStart(2, "0");
const clock = (ms) => {
  const seconds = Math.floor(ms / 1000);
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${String(ms % 1000).padStart(3, "0")}`;
};
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const meant = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

// What the server wrote; null where somebody typed something that only it can judge.
const read = (text) => {
  const found = [];
  const blocks = text.replace(/\r\n?/g, "\n").split(/\n[ \t]*\n+/);
  if (!/^WEBVTT/.test(blocks[0] || "")) return text.trim() ? null : [];
  for (const block of blocks.slice(1)) {
    if (!block.trim()) continue;
    const lines = block.split("\n").filter((line) => line.trim());
    const row = lines.findIndex((line) => line.includes("-->"));
    if (row < 0 || row > 1) return null;
    const [start, end] = lines[row].split("-->").map(moment);
    if (start === null || end === null) return null;
    found.push({ start, end, text: meant(lines.slice(row + 1).join("\n")), from: "", to: "" });
  }
  return found;
};
const written = () => cues.reduce((text, one, row) => {
  const words = one.text.split("\n").map((line) => line.trim()).filter(Boolean).join("\n");
  const times = `${one.from || clock(one.start)} --> ${one.to || clock(one.end)}`;
  return `${text}\n${row + 1}\n${times}\n${escaped(words)}\n`;
}, "WEBVTT\n");

const signs = (text) => {
  if (say.language === "en") return text.replaceAll("\n", " ").length;
  const plain = text.replace(/\s/g, "");
  const narrow = Array.from(plain).filter((one) => one.codePointAt(0) < 0x2000).length;
  return Array.from(plain).length - narrow + Math.floor((narrow + 1) / 2);
};
const wrong = (row) => {
  const one = cues[row];
  if (one.from || one.to || one.end <= one.start) return [say.unread];
  const found = [];
  const lasts = one.end - one.start;
  if (signs(one.text) * 1000 / lasts > Number(say.speed)) found.push(say.fast);
  if (lasts < 800 || lasts > 7000) found.push(say.lasts);
  if (Math.max(...one.text.split("\n").map(signs)) > Number(say.width)) found.push(say.wide);
  const before = cues[row - 1];
  if (before) {
    const gap = one.start - before.end;
    if (gap < 0) found.push(say.over);
    else if (gap > 0 && gap < 80) found.push(say.near);
  }
  return found;
};

const make = (tag, facts = {}, ...inside) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(facts)) {
    if (name in node && name !== "list") node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...inside);
  return node;
};
const button = (deed, words) => make("button", { type: "button", "data-do": deed, textContent: words });
const other = (one) => beside.filter((row) => (Math.min(row.end, one.end) - Math.max(row.start, one.start)) * 2 > row.end - row.start).map((row) => row.text).join("\n");

const item = (one, row) => {
  const start = make("input", { value: one.from || clock(one.start), className: "mono", "data-at": "start", "aria-label": `${row + 1} ${say.start}`, inputMode: "decimal", size: 12 });
  const end = make("input", { value: one.to || clock(one.end), className: "mono", "data-at": "end", "aria-label": `${row + 1} ${say.end}`, inputMode: "decimal", size: 12 });
  const words = make("textarea", { value: one.text, rows: 2, "data-at": "text", "aria-label": `${row + 1} ${say.words}` });
  words.lang = say.language === "en" ? "en" : "zh-Hans";
  const deeds = [button("split", say.split), button("merge", say.merge), button("add", say.add), button("drop", say.drop)];
  if (film) deeds.unshift(button("play", say.play), button("here", say.here), button("there", say.there));
  const node = make("li", { id: `cue-${row + 1}` }, make("div", { className: "cue-times" }, make("span", { className: "cue-number", textContent: row + 1 }), start, end, make("span", { className: "cue-faults" })), words);
  const said = beside.length ? other(one) : "";
  if (said) node.append(make("p", { className: "cue-beside", lang: "zh-Hans", textContent: said }));
  node.append(make("div", { className: "cue-deeds" }, ...deeds));
  return node;
};
const look = (row) => {
  const node = list.children[row];
  if (!node) return;
  const found = wrong(row);
  const place = node.querySelector(".cue-faults");
  place.textContent = found.join(" · ");
  node.classList.toggle("cue-wrong", found.length > 0);
};
const sum = () => {
  const count = list.querySelectorAll(".cue-wrong").length;
  root.querySelector("[data-sum]").textContent = `${cues.length} ${say.count} · ${count} ${say.wrong}`;
};
const draw = (focus = null, part = "text") => {
  list.replaceChildren(...cues.map(item));
  cues.forEach((_one, row) => look(row));
  sum();
  if (focus !== null) go(focus, part);
};
const go = (row, part = "text") => {
  const node = list.children[Math.max(0, Math.min(row, cues.length - 1))];
  if (node) node.querySelector(`[data-at=${part}]`).focus();
};
const keep = () => {
  waiting = 0;
  box.value = written();
  box.dispatchEvent(new Event("input", { bubbles: true }));
};
const soon = () => {
  clearTimeout(waiting);
  waiting = setTimeout(keep, 600);
};
const remember = () => {
  back.push(cues.map((one) => ({ ...one })));
  if (back.length > MOST_BACK) back.shift();
};

const deeds = {
  split(row, node) {
    const one = cues[row];
    const words = node.querySelector("[data-at=text]");
    const caret = words.selectionStart > 0 && words.selectionStart < one.text.length ? words.selectionStart : Math.ceil(one.text.length / 2);
    const [first, second] = [one.text.slice(0, caret).trim(), one.text.slice(caret).trim()];
    if (!first || !second || one.end - one.start < 2) return;
    remember();
    const middle = one.start + Math.max(1, Math.round((one.end - one.start) * first.length / (first.length + second.length)));
    cues.splice(row, 1, { ...one, end: middle, to: "", text: first }, { ...one, start: middle, from: "", text: second });
    draw(row + 1);
  },
  merge(row) {
    const [one, next] = [cues[row], cues[row + 1]];
    if (!next) return;
    remember();
    cues.splice(row, 2, { ...one, end: Math.max(one.end, next.end), to: next.to, text: `${one.text}\n${next.text}` });
    draw(row);
  },
  add(row) {
    remember();
    const start = cues[row] ? cues[row].end : 0;
    cues.splice(row + 1, 0, { start, end: start + 2000, text: "", from: "", to: "" });
    draw(row + 1);
  },
  drop(row) {
    remember();
    cues.splice(row, 1);
    draw(Math.max(0, row - 1));
  },
  play(row) {
    film.currentTime = cues[row].start / 1000;
    film.play();
  },
  here(row, node) { mark(row, node, "start"); },
  there(row, node) { mark(row, node, "end"); },
};
const mark = (row, node, part) => {
  if (!film) return;
  remember();
  const field = node.querySelector(`[data-at=${part}]`);
  field.value = clock(Math.round(film.currentTime * 1000));
  take(row, part, field.value);
};
const take = (row, part, value) => {
  const one = cues[row];
  if (part === "text") one.text = value;
  else {
    const found = moment(value);
    one[part === "start" ? "from" : "to"] = found === null ? value.replace("-->", "") : "";
    if (found !== null) one[part] = found;
  }
  look(row);
  look(row + 1);
  sum();
  soon();
};
const undo = () => {
  const before = back.pop();
  if (!before) return;
  cues = before;
  draw(Math.min(at, cues.length - 1));
  keep();
};
const shift = () => {
  const by = Math.round(Number(root.querySelector("[data-by]").value) * 1000);
  if (!by || cues.slice(at).some((one) => one.start + by < 0)) return;
  remember();
  for (const one of cues.slice(at)) {
    one.start += by;
    one.end += by;
  }
  draw(at);
  keep();
};
const toggle = () => { if (film) film[film.paused ? "play" : "pause"](); };
const row_of = (node) => {
  const found = node.closest("li");
  return found ? [Array.prototype.indexOf.call(list.children, found), found] : [at, list.children[at]];
};
const act = (deed, target) => {
  const [row, node] = row_of(target);
  if (deed === "undo") undo();
  else if (deed === "shift") shift();
  else if (deed === "toggle") toggle();
  else if (deeds[deed] && (node || deed === "add")) {
    deeds[deed](row, node);
    if (deed !== "play") keep();
  }
};

const begin = () => {
  root.querySelector("[data-plain]").classList.add("subtitles-hidden");
  list.hidden = false;
  root.querySelector("[data-tools]").hidden = false;
  root.querySelector("[data-keys]").hidden = false;
  root.classList.add("subtitles-on");
  root.querySelector("[data-do=toggle]").hidden = !film;
  if (!cues.length) cues.push({ start: 0, end: 2000, text: "", from: "", to: "" });
  draw();
  list.addEventListener("input", (event) => {
    const part = event.target.dataset.at;
    if (part) take(row_of(event.target)[0], part, event.target.value);
  });
  list.addEventListener("focusin", (event) => { at = row_of(event.target)[0]; });
  root.addEventListener("click", (event) => {
    const pressed = event.target instanceof Element && event.target.closest("[data-do]");
    if (pressed) act(pressed.dataset.do, pressed);
  });
  root.querySelector("[data-only]").addEventListener("change", (event) => root.classList.toggle("subtitles-only", event.target.checked));
  root.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const deed = { KeyS: "split", KeyM: "merge", KeyK: "toggle", KeyZ: "undo", BracketLeft: "here", BracketRight: "there" }[event.code];
    if (deed) act(deed, event.target);
    else if (event.code === "ArrowDown") go(at + 1);
    else if (event.code === "ArrowUp") go(at - 1);
    else return;
    event.preventDefault();
  });
  box.form.addEventListener("submit", () => { box.value = written(); }, true);
  if (film) film.addEventListener("timeupdate", shown);
};
const shown = () => {
  const now = film.currentTime * 1000;
  const row = cues.findIndex((one) => one.start <= now && now < one.end);
  root.querySelector("[data-now]").textContent = row < 0 ? "" : cues[row].text;
  for (const node of list.querySelectorAll(".cue-now")) node.classList.remove("cue-now");
  if (row >= 0) list.children[row].classList.add("cue-now");
};

if (box) {
  const other_box = root.querySelector("[data-beside]");
  beside = (other_box && read(other_box.value)) || [];
  const found = read(box.value);
  if (found) {
    cues = found;
    begin();
  }
}
