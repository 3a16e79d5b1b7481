// What is typed into a form is not lost: a copy on this device at once, a draft on the server after
// a short pause, both found again on the next visit. Words and addresses: ui/drafts.html; the
// reasons: docs/decisions/0018-drafts.md.
//
// A form is watched when it posts and has a text of several lines. A form with a working copy of
// its own (`data-draft-own`) has the copy on this device alone, until it says `draft-kept`.
const house = document.getElementById("drafts").dataset;
const PAUSE = 2000;
const FRESH = 10_000;
const PATIENCE = 15_000;
const LONGEST_WAIT = 60_000;
const KEPT_MS = 180 * 24 * 3600 * 1000;
const LONGEST_PLACE = 1000;
const LONGEST_KEY = 600;
const COPY = "keti:copy:";
const PRESSED = "keti:pressed";
const LEFT = "keti:left";
const HERE = "keti:here";
const BOX = "kept-draft";
const SENT = /(?:^|; )keti_sent=([a-z0-9]*)/;

// --- what may fail: storage that is full or forbidden ---------------------------------------------
const stored = (shelf, key) => {
  try { return JSON.parse(shelf.getItem(key)); } catch { return null; }
};
const store = (shelf, key, value) => {
  try {
    shelf.setItem(key, JSON.stringify(value));
    return true;
  } catch { return false; }
};
const forget = (shelf, key) => {
  try { shelf.removeItem(key); } catch { /* nothing is there to forget */ }
};
const shelfKeys = () => {
  try { return Object.keys(localStorage); } catch { return []; }
};

// --- a form as values, and values into a form --------------------------------------------------------
const CHOICE = new Set(["checkbox", "radio"]);
const LINES = new Set(["text", "search", "url", "email", "tel", "number", "date", "time", "month", "week", "datetime-local", "textarea", "select-one", "select-multiple", ...CHOICE]);
const boxes = (form) => [...form.elements].filter((one) => one.name && LINES.has(one.type) && !one.readOnly && !one.disabled);

const collect = (form, valuesOf) => {
  const found = Object.create(null);
  for (const one of boxes(form)) (found[one.name] ??= []).push(...valuesOf(one));
  return found;
};
const chosen = (one, which) => [...one.options].filter((option) => option[which]).map((option) => option.value);
const valuesNow = (one) => {
  if (CHOICE.has(one.type)) return one.checked ? [one.value] : [];
  return one.type === "select-multiple" ? chosen(one, "selected") : [one.value];
};
const valuesRendered = (one) => {
  if (CHOICE.has(one.type)) return one.defaultChecked ? [one.value] : [];
  if (one.type === "select-multiple") return chosen(one, "defaultSelected");
  if (one.type === "select-one") return chosen(one, "defaultSelected").slice(-1).concat(one.options.length ? [one.options[0].value] : [""]).slice(0, 1);
  return [one.type === "textarea" ? one.defaultValue.replace(/\r\n?/g, "\n") : one.defaultValue];
};
const read = (form) => collect(form, valuesNow);
const rendered = (form) => collect(form, valuesRendered);

const put = (form, name, values) => {
  const left = [...values];
  for (const one of boxes(form)) {
    if (one.name !== name) continue;
    if (CHOICE.has(one.type)) one.checked = values.includes(one.value);
    else if (one.type === "select-multiple") for (const option of one.options) option.selected = values.includes(option.value);
    else if (left.length) {
      const value = left.shift();
      if (one.type !== "select-one" || [...one.options].some((option) => option.value === value)) one.value = value;
    }
    one.dispatchEvent(new CustomEvent("draft-put")); // an editor that shows this box reads it anew
  }
};
const putAll = (form, fields) => {
  for (const name of Object.keys(fields)) put(form, name, fields[name]);
};

// A box may stand for another one (`data-doc-of`): the document behind the words of a section. Both
// are taken together, and the words are what is shown.
const ownerOf = (form, name) => boxes(form).find((one) => one.name === name)?.dataset.docOf || name;
const together = (form, rows) => {
  const now = read(form);
  const found = new Map();
  for (const row of rows) {
    const owner = ownerOf(form, row.name);
    const one = found.get(owner) ?? { name: owner, left: now[owner] ?? [], right: now[owner] ?? [], all: [] };
    if (row.name === owner) [one.left, one.right] = [row.left, row.right];
    one.all.push(row);
    found.set(owner, one);
  }
  return [...found.values()];
};

const equal = (one, other) => JSON.stringify(one ?? []) === JSON.stringify(other ?? []);
const differing = (one, other) => [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((name) => !equal(one[name], other[name]));
const same = (one, other) => Boolean(one && other) && differing(one, other).length === 0;

// A short hash of values, gaps aside: the server trims some boxes when it keeps them.
const hashOf = (values) => {
  const text = JSON.stringify((values ?? []).map((value) => value.replace(/\s+/g, " ").trim()));
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  return (b >>> 0).toString(36) + (a >>> 0).toString(36) + text.length.toString(36);
};
const hashes = (fields) => Object.fromEntries(Object.entries(fields).map(([name, values]) => [name, hashOf(values)]));

// --- words ------------------------------------------------------------------------------------------
const element = (tag, facts = {}, ...inside) => {
  const made = Object.assign(document.createElement(tag), facts);
  made.append(...inside);
  return made;
};
const button = (words, press) => {
  const made = element("button", { type: "button", className: "button small", textContent: words });
  made.addEventListener("click", press);
  return made;
};
const clock = (at) => {
  const shown = (moment) => {
    const form = new Intl.DateTimeFormat("en-GB", { timeZone: house.zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    return Object.fromEntries(form.formatToParts(moment).map((part) => [part.type, part.value]));
  };
  const [then, now] = [shown(new Date(at)), shown(new Date())];
  const day = then.year === now.year ? `${then.month}-${then.day}` : `${then.year}-${then.month}-${then.day}`;
  const today = then.year === now.year && then.month === now.month && then.day === now.day;
  return today ? `${then.hour}:${then.minute}` : `${day} ${then.hour}:${then.minute}`;
};
const labelOf = (form, name) => {
  const one = boxes(form).find((box) => box.name === name);
  const group = one && CHOICE.has(one.type) && one.closest("fieldset")?.querySelector("legend");
  const words = group || one?.labels?.[0];
  return (words?.textContent || one?.getAttribute("aria-label") || name).replace(/\s+/g, " ").trim();
};
const shownValues = (form, name, values) => {
  const words = (value) => {
    for (const one of boxes(form)) {
      if (one.name !== name) continue;
      if (CHOICE.has(one.type) && one.value === value) return one.labels?.[0]?.textContent.trim() || value;
      const option = one.options && [...one.options].find((each) => each.value === value);
      if (option) return option.textContent.trim();
    }
    return value;
  };
  return (values ?? []).map(words).join("\n") || house.empty;
};

// --- the server ---------------------------------------------------------------------------------------
let token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
let contact = Date.now();
const ask = async (address, facts = {}) => {
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), PATIENCE);
  try {
    const headers = { "X-Requested-With": "XMLHttpRequest", Accept: "application/json", "X-CSRFToken": token };
    const answer = await fetch(address, { credentials: "same-origin", cache: "no-store", redirect: "manual", signal: ending.signal, ...facts, headers: { ...headers, ...facts.headers } });
    const json = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    return { status: answer.status, ...json };
  } catch {
    return { status: 0 };
  } finally {
    clearTimeout(timer);
  }
};
const renew = (fresh) => {
  token = fresh;
  for (const one of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) one.value = fresh;
  if (document.body.hasAttribute("hx-headers")) document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": fresh }));
};
// Is the server there, and is it still us? Gives the trouble in one word, "" for none; brings the
// drafts of a page along.
const look = async (query = "") => {
  if (!house.person) {
    const answer = await ask(house.alive);
    return [answer.status === 200 ? "" : "offline", {}];
  }
  const answer = await ask(`/unsent/of/${query}`);
  if (answer.status === 401) return ["out", {}];
  if (answer.status !== 200) return ["offline", {}];
  if (answer.person !== house.person) return ["other", {}];
  contact = Date.now();
  renew(answer.token);
  return ["", answer.drafts];
};

// --- one watched form ---------------------------------------------------------------------------------
const lastPressed = stored(sessionStorage, PRESSED);
const pressed = "answered" in house && lastPressed?.action === location.pathname ? lastPressed : null;
if (!pressed) forget(sessionStorage, PRESSED);
const place = pressed?.place || location.pathname + location.search;
const mine = `${COPY}${house.person}:`;
const named = new Map();
const nameOf = (form) => {
  if (form.dataset.draft) return form.dataset.draft;
  const action = new URL(form.getAttribute("action") || place, location.origin).pathname;
  const text = boxes(form).find((one) => one.type === "textarea");
  const name = `${place} ${action} ${form.getAttribute("id") || text?.name || ""}`;
  named.set(name, (named.get(name) ?? 0) + 1);
  return named.get(name) > 1 ? `${name} ${named.get(name)}` : name;
};

class Watched {
  constructor(form) {
    this.form = form;
    this.key = nameOf(form);
    this.own = form.hasAttribute("data-draft-own");
    this.here = this.own || !house.person || this.key.length > LONGEST_KEY || place.length > LONGEST_PLACE;
    this.copyId = crypto.getRandomValues(new Uint32Array(3)).join("");
    this.copyKey = `${mine}${this.key}\n${this.copyId}`;
    this.begun = rendered(form);
    this.hashes = hashes(this.begun);
    this.base = this.id = this.unsent = "";
    this.acked = null;
    this.touched = this.sent = this.two = this.going = false;
    this.lost = {};
    this.wait = PAUSE;
    this.line = element("p", { className: "saved draft-line" });
    this.trouble = element("div", { className: "note draft-trouble", hidden: true });
    this.trouble.setAttribute("role", "alert");
    this.note = element("div", { className: "note tone-soon draft-note", hidden: true });
    this.note.setAttribute("role", "status");
    this.both = element("div", { className: "draft-both", hidden: true });
    form.prepend(this.note, this.both);
    const foot = [...form.querySelectorAll(".buttons")].filter((one) => one.parentElement === form).pop();
    if (foot) foot.before(this.trouble, this.line);
    else form.append(this.trouble, this.line);
    for (const one of boxes(form)) if (one.type === "textarea") one.autocomplete = "off"; // what comes back comes from here
    for (const kind of ["input", "change"]) form.addEventListener(kind, () => { if (!this.nudging) this.touch(); });
    this.listenToOwn();
  }

  // What is kept: the boxes, and what was found again and has no box on this page any more.
  gather() { return Object.assign(read(this.form), this.lost); }

  typed() { return this.touched && !same(read(this.form), this.begun); }

  touch() {
    this.touched = true;
    this.keepHere();
    if (!this.here) this.later(PAUSE);
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  // The copy on this device: of this window alone, so that two windows do not write over another.
  keepHere() {
    const copy = { fields: this.gather(), begun: this.hashes, base: this.base, at: Date.now(), id: this.copyId };
    this.kept = store(localStorage, this.copyKey, copy);
  }

  async save() {
    if (this.here || this.two || this.sent) return;
    if (this.saving) { this.again = true; return; }
    const fields = this.gather();
    const nothing = same(fields, this.acked) || (!this.base && same(fields, this.begun));
    if (nothing) forget(localStorage, this.copyKey);
    if (nothing && !this.word) return;
    this.saving = nothing ? this.lookAgain() : this.post(fields);
    await this.saving;
    this.saving = null;
    if (this.again) { this.again = false; this.later(PAUSE); }
  }

  async lookAgain() {
    const [trouble] = await look();
    if (trouble) this.stuck(trouble);
    else this.fine();
  }

  body(fields) {
    return JSON.stringify({ person: house.person, form: this.key, place, title: document.title, fields, begun: this.hashes, base: this.base });
  }

  async post(fields, second = false) {
    const answer = await ask("/unsent/save/", { method: "POST", body: this.body(fields), headers: { "Content-Type": "application/json" } });
    if (answer.status === 200) {
      contact = Date.now();
      [this.base, this.id, this.wait] = [answer.revision, answer.id, PAUSE];
      this.fine();
      this.line.textContent = `${house.saved} ${clock(answer.at)}`;
      this.acknowledged(fields);
    } else if (answer.status === 409 && answer.draft && !same(answer.draft.fields, this.last)) this.other(answer.draft);
    else if (answer.status === 409 && answer.draft && !second) {
      // ours, only its answer did not arrive
      this.base = answer.draft.revision;
      await this.post(fields, true);
    } else if (answer.status === 410 && !second) {
      this.base = this.id = "";
      await this.post(fields, true);
    } else if (answer.status === 403 && !second) {
      const [trouble] = await look();
      if (trouble) this.stuck(trouble);
      else await this.post(fields, true);
    } else if (answer.status === 401) this.stuck(answer.code === "drafts.somebody-else" ? "other" : "out");
    else if (answer.why && answer.status < 500 && answer.status !== 409) this.refused(answer.why);
    else this.stuck("offline");
    this.last = fields;
  }

  acknowledged(fields) {
    this.acked = fields;
    if (same(fields, this.gather())) forget(localStorage, this.copyKey);
    else this.later(PAUSE);
  }

  // When the working copy was saved last is no comfort beside what is not saved now.
  ownLine(hidden) {
    for (const one of this.form.querySelectorAll("[data-own-line]")) one.hidden = hidden;
  }

  fine() {
    this.trouble.hidden = true;
    this.ownLine(false);
    this.word = this.unsent = "";
  }

  // What was refused for good: said, and tried again only when more is typed.
  refused(why) {
    this.word = "refused";
    this.tell(this.kept === false ? house.nowhere : why);
  }

  // That it was pressed and did not go stays said, however often it is tried again meanwhile.
  stuck(word, unsent = "") {
    this.word = word;
    this.unsent ||= unsent;
    this.line.textContent = "";
    this.ownLine(true);
    if (this.touched) this.keepHere();
    const words = this.kept === false ? house.nowhere : house[word];
    const link = element("a", { href: house.login, target: "_blank", rel: "opener", textContent: house.signIn });
    this.tell(this.unsent + words, ...(word === "offline" ? [] : [" ", link]));
    if (word !== "offline") return;
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    this.later(this.wait);
  }

  tell(...words) {
    this.trouble.replaceChildren(element("p", {}, ...words));
    this.trouble.classList.add("tone-overdue");
    this.trouble.hidden = false;
  }

  // The server answers again, or somebody signed in: go on where it stopped.
  resume() {
    this.wait = PAUSE;
    this.fine();
    if (this.own) this.nudge();
    else if (this.typed()) this.later(0);
  }

  // --- a form with a working copy of its own saves itself; here it is said whether it arrived ---
  listenToOwn() {
    this.form.addEventListener("htmx:beforeRequest", () => {
      this.sending = read(this.form);
      if (this.own) this.saving = new Promise((arrived) => { this.arrived = arrived; });
    });
    this.form.addEventListener("htmx:afterRequest", () => {
      if (!this.own) return;
      this.saving = null;
      this.arrived?.();
    });
    this.form.addEventListener("draft-kept", () => {
      if (!this.own) return;
      contact = Date.now();
      this.hashes = hashes(this.sending);
      this.begun = this.sending;
      this.fine();
      if (same(this.sending, read(this.form))) forget(localStorage, this.copyKey);
    });
    for (const kind of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
      this.form.addEventListener(kind, async (event) => {
        const status = event.detail.xhr?.status ?? 0;
        if (status === 401) this.stuck("out");
        else if (status === 403) {
          const [trouble] = await look();
          if (trouble) this.stuck(trouble);
          else this.nudge();
        } else if (this.own) this.stuck("offline");
      });
    }
    if (this.own) this.save = this.nudge;
  }

  nudge() {
    if (!this.own || !this.touched) return;
    this.nudging = true;
    this.form.dispatchEvent(new Event("input", { bubbles: true }));
    this.nudging = false;
  }

  // --- what was found again ---
  settle(remote) {
    const copies = copiesOf(this.key);
    if (remote) [this.base, this.id] = [remote.revision, remote.id];
    if (pressed?.key === this.key) { this.cameBack(remote, copies); return; }
    const [newest, ...rest] = copies.filter((copy) => !same(copy.fields, remote?.fields));
    const found = newest ?? (remote && { ...remote, at: Date.parse(remote.at) });
    for (const copy of copies) if (same(copy.fields, remote?.fields)) forget(localStorage, copy.key);
    if (!found) return;
    if (!this.touched) putAll(this.form, this.begun); // a browser may have put back something else
    const moved = this.restore(found);
    if (remote && !newest) this.acked = moved ? null : this.gather();
    if (newest) forget(localStorage, newest.key);
    const other = newest && remote && newest.base !== remote.revision ? remote : rest.find((copy) => !same(copy.fields, found.fields));
    if (!moved && other) {
      if (other.key) forget(localStorage, other.key);
      this.other({ revision: this.base, id: this.id, ...other });
    } else if (newest && !moved && this.touched) {
      this.keepHere();
      if (this.own) this.nudge();
      else this.later(PAUSE);
    }
  }

  // A refused form came back with what was sent: that is what was typed last.
  cameBack(remote, copies) {
    this.touched = true;
    for (const copy of copies) if (copy.id === pressed.copy) forget(localStorage, copy.key);
    this.keepHere();
    if (remote && remote.revision !== pressed.base && !same(remote.fields, read(this.form))) this.other(remote);
    else if (!this.here) this.later(PAUSE);
  }

  // Fill in what was typed where the record still says what it said then; show both where not.
  // True where there is something to choose.
  restore(found) {
    const now = read(this.form);
    const rows = [];
    const lost = [];
    let filled = false;
    for (const name of Object.keys(found.fields)) {
      const values = found.fields[name];
      if (equal(now[name], values)) continue;
      if (!(name in now)) { if (values.join("").trim()) lost.push([name, values]); continue; }
      if (equal(now[name], this.begun[name]) && found.begun?.[name] === hashOf(this.begun[name])) {
        put(this.form, name, values);
        filled = true;
      } else if (hashOf(now[name]) !== hashOf(values)) rows.push({ name, left: now[name], right: values });
    }
    if (!filled && !rows.length && !lost.length) return false;
    this.touched = true;
    this.lost = Object.fromEntries(lost);
    this.say(found.at, lost);
    if (rows.length) this.choose(house.moved, [house.record, house.typed], [house.takeRecord, house.takeTyped], rows, () => {
      this.touch();
      this.nudge();
    });
    return rows.length > 0;
  }

  say(at, lost) {
    const files = [...this.form.elements].some((one) => one.type === "file") ? ` ${house.files}` : "";
    this.note.replaceChildren(element("p", {}, `${house.found.replace("{}", clock(at))}${files} `, button(house.discard, () => this.discard())));
    if (lost.length) {
      this.note.append(element("p", { textContent: house.lost }));
      for (const [, values] of lost) this.note.append(element("pre", { className: "draft-text", textContent: values.join("\n") }));
    }
    this.note.hidden = false;
  }

  async discard() {
    const before = read(this.form);
    clearTimeout(this.timer);
    await this.saving;
    putAll(this.form, this.begun);
    forget(localStorage, this.copyKey);
    this.both.hidden = true;
    this.touched = this.two = false;
    const [id, base] = [this.id, this.base];
    this.base = this.id = this.line.textContent = "";
    this.lost = {};
    this.acked = null;
    if (id) await ask(`/unsent/${id}/discard/`, { method: "POST" });
    this.note.replaceChildren(element("p", {}, `${house.discarded} `, button(house.undo, async () => {
      const back = id && await ask(`/unsent/${id}/restore/`, { method: "POST" });
      if (back?.status === 204) [this.id, this.base] = [id, base];
      putAll(this.form, before);
      this.note.hidden = true;
      this.touch();
    })));
  }

  // Another window saved another text. Nothing is saved here until it is settled; the copy is.
  other(draft) {
    const now = read(this.form);
    const rows = differing(draft.fields, now).map((name) => ({ name, left: draft.fields[name] ?? [], right: now[name] ?? [] }));
    this.keepHere();
    this.fine();
    this.line.textContent = house.here;
    this.choose(house.two, [house.there, house.mine], [house.takeThere, house.takeMine], rows, () => {
      [this.base, this.id] = [draft.revision ?? this.base, draft.id ?? this.id];
      this.acked = null;
      this.touch();
      if (!this.here) this.later(0);
    });
  }

  choose(heading, [leftHead, rightHead], [takeLeft, takeRight], rows, settled) {
    const body = element("tbody");
    const done = (row) => {
      row.remove();
      if (body.rows.length) return;
      this.both.hidden = true;
      this.two = false;
      settled();
    };
    this.two = true;
    for (const choice of together(this.form, rows)) {
      const cell = (side, head, words) => {
        const text = element("div", { className: "draft-text", textContent: shownValues(this.form, choice.name, choice[side]) });
        const made = element("td", {}, text, button(words, () => {
          for (const one of choice.all) put(this.form, one.name, one[side]);
          done(row);
        }));
        made.dataset.label = head;
        return made;
      };
      const label = element("th", { scope: "row", textContent: labelOf(this.form, choice.name) });
      const row = element("tr", {}, label, cell("left", leftHead, takeLeft), cell("right", rightHead, takeRight));
      body.append(row);
    }
    const heads = [house.part, leftHead, rightHead].map((words) => element("th", { scope: "col", textContent: words }));
    const table = element("table", { className: "diff stack" }, element("thead", {}, element("tr", {}, ...heads)), body);
    const said = element("div", { className: "note tone-overdue" }, element("strong", { textContent: heading }));
    said.setAttribute("role", "alert");
    this.both.replaceChildren(said, table);
    this.both.hidden = !rows.length;
    if (!rows.length) { this.two = false; settled(); }
  }

  // --- sending ---
  // Straight on where the server was heard of a moment ago; else it is asked first, so that nobody
  // lands on the browser's error page or on the sign-in page with a form in hand.
  async hold(event) {
    const doubtful = this.word || this.saving || !navigator.onLine || Date.now() - contact > FRESH;
    if (this.letGo || !doubtful) { this.stamp(); return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (this.going) return;
    this.going = true;
    clearTimeout(this.timer);
    if (this.touched) this.keepHere();
    await this.saving;
    const [trouble] = await look();
    this.going = false;
    if (trouble) {
      this.stuck(trouble, house.unsent);
      return;
    }
    this.fine();
    this.letGo = true;
    this.form.requestSubmit(event.submitter);
    this.letGo = false;
  }

  stamp() {
    clearTimeout(this.timer);
    this.sent = true;
    setTimeout(() => { this.sent = false; }, PATIENCE);
    if (this.touched) this.keepHere();
    let box = this.form.querySelector(`input[name=${BOX}]`);
    if (!box) this.form.append(box = element("input", { type: "hidden", name: BOX }));
    box.value = `${this.id}.${this.base}.${this.copyId}`;
    const action = new URL(this.form.getAttribute("action") || location.href, location.href).pathname;
    store(sessionStorage, PRESSED, { key: this.key, place, action, base: this.base, copy: this.copyId });
  }

  // The page goes: what was not acknowledged yet is handed over on the way out.
  leave() {
    if (this.sent || !this.typed()) return false;
    const fields = this.gather();
    if (!same(fields, this.acked)) {
      this.keepHere();
      const body = this.body(fields);
      if (!this.here && !this.two && body.length < 60_000) {
        const headers = { "Content-Type": "application/json", "X-Requested-With": "XMLHttpRequest", "X-CSRFToken": token };
        this.last = fields;
        fetch("/unsent/save/", { method: "POST", body, headers, keepalive: true, credentials: "same-origin" }).catch(() => {});
      }
    }
    return true;
  }
}

// --- copies on this device --------------------------------------------------------------------------
const copiesOf = (key) => shelfKeys()
  .filter((one) => one.startsWith(`${mine}${key}\n`))
  .map((one) => ({ ...stored(localStorage, one), key: one }))
  .filter((one) => one.fields)
  .sort((one, other) => other.at - one.at);

// The server says by a cookie which form was sent: its copy goes. Copies nobody came back to, too.
const tidy = () => {
  const sent = SENT.exec(document.cookie)?.[1];
  if (sent) document.cookie = "keti_sent=; path=/; max-age=0; samesite=lax";
  for (const key of shelfKeys().filter((one) => one.startsWith(COPY))) {
    const copy = stored(localStorage, key);
    if (!copy || copy.id === sent || Date.now() - copy.at > KEPT_MS) forget(localStorage, key);
  }
};

// --- the page ----------------------------------------------------------------------------------------
tidy();
const forms = [...document.querySelectorAll("form")].filter((form) => form.getAttribute("method")?.toLowerCase() === "post" && (form.dataset.draft || boxes(form).some((one) => one.type === "textarea")));
const watched = forms.map((form) => new Watched(form));
if (house.person) store(localStorage, HERE, Date.now());

const left = stored(sessionStorage, LEFT);
forget(sessionStorage, LEFT);
if (left?.person === house.person && left.place !== place && location.pathname !== house.list) {
  const link = element("a", { href: left.place, textContent: left.title });
  const said = element("div", { className: "note tone-soon draft-left" }, element("p", {}, `${house.left} `, link));
  said.setAttribute("role", "status");
  document.querySelector("main .head, main h1")?.after(said);
}

const begin = async () => {
  let drafts = {};
  if (watched.some((one) => !one.here)) {
    const query = new URLSearchParams({ place });
    for (const one of watched) if (one.form.dataset.draft) query.append("form", one.key);
    const [trouble, found] = await look(`?${query}`);
    drafts = found;
    if (trouble) for (const one of watched) one.word = trouble;
  }
  for (const one of watched) one.settle(one.here ? null : drafts[one.key]);
};
const resumeAll = async () => {
  if (!watched.some((one) => one.word)) return;
  const [trouble] = await look();
  for (const one of watched) {
    if (!trouble) one.resume();
    else if (one.word) one.stuck(trouble);
  }
};

// A browser puts back what stood in the boxes of a page gone back to when the page has loaded.
if (document.readyState === "complete") begin();
else window.addEventListener("load", () => setTimeout(begin));
document.addEventListener("submit", (event) => {
  watched.find((one) => one.form === event.target)?.hold(event);
}, true);
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
window.addEventListener("pagehide", () => {
  const going = watched.filter((one) => one.leave());
  if (going.length) store(sessionStorage, LEFT, { place, title: document.title, person: house.person });
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden) for (const one of watched) one.leave();
  else resumeAll();
});
window.addEventListener("online", resumeAll);
window.addEventListener("focus", resumeAll);
window.addEventListener("storage", (event) => { if (event.key === HERE) resumeAll(); });
