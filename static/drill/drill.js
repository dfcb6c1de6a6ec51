"use strict";
/* The phone of a drill: join, press, and see what everybody pressed, also when the connection is gone for a while.
 *
 * What is pressed lies in the phone's storage until the server has said that it stands in its log; every press has an id of its own, so
 * that sending it again changes nothing. Every answer carries the server's clock at its beginning and end: of the round trips of the last
 * minutes the shortest tells how far the phone's clock is from the server's, and half of it how exact that is.
 *
 * The page holds #latihan (data-code, data-language) and the words as JSON in #kata, see `views/topics/drill/phone.py`. Every text is set
 * with textContent.
 */

const EVERY_MS = 1000;
const SLOWEST_MS = 5000;
const PATIENCE_MS = 8000;
const MOST_AT_ONCE = 40;
const KEPT_MS = 120000;
const JUMP_MS = 1000;
const LATE_MS = 5000;
const WIB_MS = 7 * 3600 * 1000;
const STEPS = ["panggilan", "berangkat", "tiba", "selesai"];
const OF_A_ROOM = ["panggilan", "selesai"];

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

function element(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text !== undefined) made.textContent = text;
  return made;
}

function button(name, text, act) {
  const made = element("button", name, text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

function random(bytes) {
  const drawn = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(drawn, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function timeOf(ms) {
  const here = new Date(ms + WIB_MS);
  return Number.isNaN(here.getTime()) ? "–" : here.toISOString().slice(11, 19);
}

/* How far this clock is from the server's: ms to add to it. */
class Clock {
  constructor() {
    this.samples = [];
    this.base = Date.now() - performance.now();
  }

  /* Whoever sets the clock makes every earlier round trip worthless. */
  checked() {
    const base = Date.now() - performance.now();
    if (Math.abs(base - this.base) > JUMP_MS) {
      this.samples = [];
      this.base = base;
    }
  }

  note(t0, t1, t2, t3) {
    this.checked();
    const trip = t3 - t0 - (t2 - t1);
    if (trip < 0 || t3 - t0 > PATIENCE_MS) return;
    this.samples.push({ at: t3, trip, offset: Math.round((t1 - t0 + (t2 - t3)) / 2) });
    const recent = this.samples.filter((sample) => t3 - sample.at <= KEPT_MS);
    this.samples = recent.slice(-200);
  }

  /* Clocks are read in whole milliseconds at both ends: one more may be wrong. */
  best() {
    this.checked();
    if (!this.samples.length) return { offset: null, uncertainty: null };
    const least = this.samples.reduce((one, other) => (other.trip < one.trip ? other : one));
    return { offset: least.offset, uncertainty: Math.ceil(least.trip / 2) + 1 };
  }
}

/* What survives a reload: who this phone is, and what it has not sent. Each press has an entry of its own, so that two tabs do not
 * overwrite each other. */
class Shelf {
  constructor(code, storage) {
    this.prefix = `tapal-latihan-${code}-`;
    this.storage = storage;
    this.loose = new Map();
  }

  put(name, value) {
    const text = JSON.stringify(value);
    this.loose.set(name, text);
    try {
      this.storage.setItem(this.prefix + name, text);
    } catch {
      // Full, or private browsing: it lives as long as the page.
    }
  }

  drop(name) {
    this.loose.delete(name);
    try {
      this.storage.removeItem(this.prefix + name);
    } catch {
      // As above.
    }
  }

  named(start) {
    const found = new Map([...this.loose].filter(([name]) => name.startsWith(start)));
    try {
      for (let at = 0; at < this.storage.length; at += 1) {
        const name = this.storage.key(at);
        if (name.startsWith(this.prefix + start)) found.set(name.slice(this.prefix.length), this.storage.getItem(name));
      }
    } catch {
      // As above.
    }
    return [...found].flatMap(([name, text]) => {
      try {
        return [{ name, value: JSON.parse(text) }];
      } catch {
        return [];
      }
    });
  }

  identities() {
    return this.named("orang-").map(({ value }) => value);
  }

  waiting(key) {
    const own = this.named(`tekan-${key}-`).map(({ value }) => value);
    return own.sort((one, other) => one.order - other.order);
  }
}

class Phone {
  constructor(home, words, storage, own) {
    this.home = home;
    this.words = words;
    this.code = home.dataset.code;
    this.shelf = new Shelf(this.code, storage);
    this.own = own;
    this.clock = new Clock();
    this.drill = null;
    this.me = null;
    this.state = { ends: 0, last: 0, people: 0 };
    this.log = new Map();
    this.last = 0;
    this.incident = null;
    this.failed = 0;
    this.sending = false;
    this.order = Date.now();
    this.refused = "";
    this.sure = "";
    this.timer = null;
    this.parts = new Map();
  }

  /* One request; what it says of the server's clock is noted whatever it answers. */
  async ask(path, sent) {
    const stop = new AbortController();
    const end = setTimeout(() => stop.abort(), PATIENCE_MS);
    const headers = { Accept: "application/json" };
    if (this.me) headers["X-Tapal-Peserta"] = this.me.key;
    if (sent) headers["Content-Type"] = "application/json";
    try {
      const t0 = Date.now();
      const answer = await fetch(`./${this.code}/${path}`, {
        method: sent ? "POST" : "GET", headers, body: sent ? JSON.stringify(sent) : undefined, signal: stop.signal, cache: "no-store",
        credentials: "omit",
      });
      const told = await answer.json();
      this.clock.note(t0, told.t1, told.t2, Date.now());
      return { status: answer.status, ...told };
    } finally {
      clearTimeout(end);
    }
  }

  async start() {
    if (!this.code) {
      this.drawCode("");
      return;
    }
    const known = this.shelf.identities();
    const kept = this.own.getItem(this.shelf.prefix);
    const again = known.find((identity) => identity.key === kept);
    if (again) {
      await this.enter(again);
      return;
    }
    await this.introduce(known);
  }

  async introduce(known) {
    const told = await this.untilAnswered("isi");
    if (told.status === 200) {
      this.drill = told;
      this.drawJoin(known);
    } else if (told.reason === "over" && known.length) {
      this.drawJoin(known);
    } else {
      this.drawCode(this.reason(told));
    }
  }

  reason(told) {
    return this.words[`reason_${told.reason}`] ?? this.words.reason_closed;
  }

  async untilAnswered(path) {
    for (let tries = 0; ; tries += 1) {
      try {
        const told = await this.ask(path);
        if (told.status < 500) return told;
      } catch {
        // No connection: it is tried again.
      }
      this.say(this.words.offline);
      await new Promise((go) => setTimeout(go, Math.min(EVERY_MS * 2 ** tries, SLOWEST_MS)));
    }
  }

  say(text) {
    const place = element("p", "dr-told", text);
    place.setAttribute("role", "status");
    this.home.replaceChildren(this.heading(), place);
  }

  heading() {
    const head = element("header", "dr-head");
    head.append(element("h1", "", this.drill ? this.drill.title : this.words.title));
    const link = element("a", "dr-language", this.words.other);
    link.href = `?bahasa=${this.words.other_code}`;
    link.lang = this.words.other_code;
    head.append(link);
    return head;
  }

  drawCode(told) {
    const form = element("form", "dr-form");
    const label = element("label", "", this.words.ask_code);
    const field = element("input", "dr-code");
    Object.assign(field, { id: "kode", name: "kode", autocomplete: "off", maxLength: 12, required: true });
    field.setAttribute("autocapitalize", "characters");
    label.htmlFor = "kode";
    form.append(label, field, element("button", "dr-go", this.words.next));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const code = field.value.replace(/[\s-]/g, "").toUpperCase();
      if (/^[A-Z0-9]{8}$/.test(code)) location.assign(`./${code}?bahasa=${this.home.dataset.language}`);
      else this.drawCode(this.words.reason_unknown);
    });
    const alert = element("p", "dr-alert", told);
    alert.setAttribute("role", "alert");
    alert.hidden = !told;
    this.home.replaceChildren(this.heading(), alert, form);
  }

  drawJoin(known) {
    const parts = [this.heading(), element("p", "", this.words.welcome)];
    for (const identity of known) {
      parts.push(button("dr-go", fill(this.words.again, { name: identity.name }), () => this.enter(identity)));
    }
    if (this.drill) parts.push(this.joinForm());
    this.home.replaceChildren(...parts);
  }

  joinForm() {
    const form = element("form", "dr-form");
    const place = element("select");
    place.id = "tempat";
    place.append(this.option("", this.words.choose));
    for (const side of this.drill.sides) {
      const group = element("optgroup");
      group.label = side.name;
      group.append(this.option(`r ${side.id}`, fill(this.words.room_of, { side: side.name })));
      for (const post of this.drill.posts.filter((one) => one.side === side.id)) group.append(this.option(`p ${side.id} ${post.id}`, post.name));
      group.append(this.option(`o ${side.id}`, fill(this.words.other_of, { side: side.name })));
      place.append(group);
    }
    const name = element("input");
    Object.assign(name, { id: "nama", maxLength: 40, autocomplete: "off" });
    const told = element("p", "dr-alert");
    told.setAttribute("role", "alert");
    told.hidden = true;
    const labels = [["tempat", this.words.place], ["nama", this.words.name]].map(([id, text]) => {
      const label = element("label", "", text);
      label.htmlFor = id;
      return label;
    });
    form.append(labels[0], place, labels[1], name, element("p", "dr-note", this.words.no_names), told, element("button", "dr-go", this.words.go));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.join(place.value, name.value, told);
    });
    return form;
  }

  option(value, text) {
    const made = element("option", "", text);
    made.value = value;
    return made;
  }

  /* The key is made and kept before it is sent: an answer that is lost makes no second participant. */
  async join(value, name, told) {
    const [what, side, ...rest] = value.split(" ");
    this.pending ??= { key: random(24) };
    const wanted = { key: this.pending.key, side: side ?? "", post: rest.join(" "), room: what === "r", name };
    let answer = { reason: "form" };
    if (what && !(what === "o" && !name.trim())) {
      try {
        answer = await this.ask("ikut", wanted);
      } catch {
        answer = { reason: "offline" };
      }
    }
    if (answer.status !== 200) {
      told.textContent = answer.reason === "offline" ? this.words.offline : this.reason(answer);
      told.hidden = false;
      return;
    }
    await this.enter({ key: this.pending.key, name: name || what });
  }

  async enter(identity) {
    this.me = identity;
    this.own.setItem(this.shelf.prefix, identity.key);
    const told = await this.untilAnswered("isi");
    if (told.status !== 200) {
      this.me = null;
      this.drawCode(this.reason(told));
      return;
    }
    this.drill = told;
    this.me = { ...identity, id: told.me, name: told.name, room: told.room };
    this.shelf.put(`orang-${identity.key}`, { key: identity.key, name: told.name });
    this.incident = this.drill.places[0].number;
    this.take(told);
    await this.measure();
    this.tick();
  }

  /* A few round trips at once: the first is seldom the shortest. */
  async measure() {
    for (let at = 0; at < 4; at += 1) {
      try {
        this.take(await this.ask(`isi?sejak=${this.last}`));
      } catch {
        return;
      }
    }
  }

  /* What an answer says of the log; a press that stands there is no longer on its way. */
  take(told) {
    if (told.status !== 200) return;
    for (const line of told.log) {
      this.log.set(line.number, line);
      this.last = Math.max(this.last, line.number);
      if (line.who === this.me.id) this.shelf.drop(`tekan-${this.me.key}-${line.id}`);
    }
    this.state = { ends: told.ends, last: told.last, people: told.people };
    this.failed = 0;
    this.draw();
  }

  async tick() {
    clearTimeout(this.timer);
    let wait = EVERY_MS;
    try {
      await this.send();
      const told = await this.ask(`isi?sejak=${this.last}`);
      if (told.status === 200) this.take(told);
      else if (told.status === 404) this.refused = this.reason(told);
      else throw new Error(String(told.status));
      if (this.last < this.state.last) wait = 0;
    } catch {
      this.failed += 1;
      wait = Math.min(EVERY_MS * 2 ** Math.min(this.failed, 4), SLOWEST_MS);
      this.draw();
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.tick(), wait);
  }

  press(kind, cancels = "") {
    const measured = this.clock.best();
    this.order += 1;
    const made = {
      id: random(16), kind, incident: this.incident, ms: Date.now(), offset: measured.offset, uncertainty: measured.uncertainty, cancels,
      order: this.order,
    };
    this.shelf.put(`tekan-${this.me.key}-${made.id}`, made);
    this.draw();
    this.tick();
  }

  /* Send what waits; it stays until the server has it. */
  async send() {
    if (this.sending) return;
    this.sending = true;
    try {
      for (let waiting = this.shelf.waiting(this.me.key); waiting.length; waiting = this.shelf.waiting(this.me.key)) {
        const now = this.clock.best();
        // A press made before the clock was ever measured gets the first measure that there is.
        const sent = waiting.slice(0, MOST_AT_ONCE).map((one) => ({ ...one, ...(one.offset === null ? now : {}) }));
        const told = await this.ask("tekan", { presses: sent });
        if (told.status === 410 || told.status === 404) {
          this.refused = this.reason(told);
          return;
        }
        if (told.status !== 200) throw new Error(String(told.status));
        for (const [id, why] of Object.entries(told.presses)) {
          this.shelf.drop(`tekan-${this.me.key}-${id}`);
          if (why) this.refused = this.reason({ reason: why });
        }
      }
    } finally {
      this.sending = false;
    }
  }

  /* The first press of a kind that nobody has cancelled, in the log or still on its way. */
  pressed(kind) {
    const waiting = this.shelf.waiting(this.me.key);
    const cancelled = this.cancelled();
    for (const one of waiting) if (one.cancels) cancelled.add(one.cancels);
    const own = this.lines().filter((line) => line.who === this.me.id);
    const all = [...own, ...waiting.map((one) => ({ ...one, at: one.ms + (one.offset ?? 0), waits: true }))];
    return all.find((one) => one.kind === kind && one.incident === this.incident && !cancelled.has(one.id));
  }

  cancelled() {
    return new Set([...this.log.values()].map((line) => line.cancels).filter(Boolean));
  }

  lines() {
    return [...this.log.values()].sort((one, other) => one.at - other.at || one.number - other.number);
  }

  over() {
    const { offset } = this.clock.best();
    return Date.now() + (offset ?? 0) > this.state.ends;
  }

  /* Only what has changed is made anew: a button that went away under a finger would lose the tap. */
  draw() {
    const waiting = this.shelf.waiting(this.me.key);
    const over = this.over();
    const done = STEPS.map((kind) => this.pressed(kind)).map((one) => one && [one.id, one.at, one.waits]);
    const parts = [
      this.part("head", [], () => this.heading()),
      this.part("status", [this.failed > 0 && waiting.length, this.failed > 0, this.state.people, over, this.refused], () => this.status(over)),
      this.part("clock", this.clock.best(), () => this.clockLine()),
      this.part("places", [this.incident], () => this.places()),
      this.part("buttons", [this.incident, this.sure, done], () => this.buttons()),
      this.part("log", [this.last, this.log.size, this.state.ends], () => this.table()),
    ];
    if (parts.some((node) => node.parentElement !== this.home)) this.home.replaceChildren(...parts);
    this.home.dataset.last = String(this.last);
    this.home.dataset.waiting = String(waiting.length);
  }

  part(name, state, make) {
    const text = JSON.stringify(state);
    const old = this.parts.get(name);
    if (old?.text === text) return old.node;
    const node = make();
    old?.node.replaceWith(node);
    this.parts.set(name, { text, node });
    return node;
  }

  status(over) {
    const waiting = this.shelf.waiting(this.me.key).length;
    const box = element("div", "dr-status");
    box.append(element("p", "dr-me", this.me.name || this.words.room));
    const line = this.failed ? fill(this.words.no_line, { n: waiting }) : fill(this.words.joined, { n: this.state.people });
    box.append(element("p", this.failed ? "dr-alert" : "dr-note", line));
    if (over) box.append(element("p", "dr-alert", this.words.over));
    if (this.refused) box.append(element("p", "dr-alert", this.refused));
    box.setAttribute("role", "status");
    return box;
  }

  clockLine() {
    const { offset, uncertainty } = this.clock.best();
    const text = offset === null ? this.words.no_clock : fill(this.words.clock, { offset: this.seconds(offset), exact: this.seconds(uncertainty) });
    return element("p", "dr-note", text);
  }

  seconds(ms) {
    const text = (Math.abs(ms) / 1000).toFixed(Math.abs(ms) < 10000 ? 2 : 0);
    return `${ms <= -5 ? "−" : ""}${this.home.dataset.language === "en" ? text : text.replace(".", ",")}`;
  }

  places() {
    const group = element("div", "dr-places");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", this.words.incident_choice);
    for (const place of this.drill.places) {
      const text = fill(this.words.incident, { n: place.number, name: place.name });
      const made = button("dr-place", text, () => {
        this.incident = place.number;
        this.draw();
      });
      made.setAttribute("aria-pressed", String(place.number === this.incident));
      group.append(made);
    }
    return group;
  }

  buttons() {
    const group = element("div", "dr-buttons");
    for (const kind of this.me.room ? OF_A_ROOM : STEPS) {
      const done = this.pressed(kind);
      const row = element("div", "dr-row");
      const text = done ? `${this.words[kind]} · ${timeOf(done.at)}` : this.words[kind];
      const made = button(`dr-press dr-${kind}`, text, () => this.press(kind));
      made.disabled = Boolean(done);
      made.dataset.kind = kind;
      row.append(made);
      if (done) row.append(this.undo(done));
      if (done?.waits) row.append(element("p", "dr-note", this.words.waits));
      group.append(row);
    }
    return group;
  }

  /* Asked twice: a time that is cancelled by mistake does not come back. */
  undo(done) {
    const sure = this.sure === done.id;
    return button("dr-undo", sure ? this.words.sure : this.words.undo, () => {
      this.sure = sure ? "" : done.id;
      if (sure) this.press("batal", done.id);
      else this.draw();
    });
  }

  table() {
    const cancelled = this.cancelled();
    const part = element("section", "dr-log");
    part.append(element("h2", "", this.words.log));
    const list = element("ol", "dr-lines");
    for (const line of this.lines().reverse()) {
      const row = element("li", cancelled.has(line.id) ? "dr-gone" : "");
      row.dataset.number = String(line.number);
      row.append(element("b", "", timeOf(line.at)), element("span", "", this.sentence(line)));
      const notes = this.notes(line, cancelled);
      if (notes.length) row.append(element("small", "", notes.join(" · ")));
      list.append(row);
    }
    if (!this.log.size) part.append(element("p", "dr-note", this.words.nothing));
    part.append(list);
    return part;
  }

  sentence(line) {
    const side = this.drill.sides.find((one) => one.id === line.side);
    return fill(this.words.line, {
      kind: this.words[line.kind], name: line.name || this.words.room, side: side ? side.name : line.side, n: line.incident,
    });
  }

  notes(line, cancelled) {
    const notes = [];
    if (cancelled.has(line.id)) notes.push(this.words.is_cancelled);
    if (line.at > this.state.ends) notes.push(this.words.after);
    if (line.at < this.drill.opened) notes.push(this.words.before);
    if (line.basis === "ruang") notes.push(this.words.by_room);
    else if (line.received - line.at > LATE_MS) notes.push(fill(this.words.late, { n: Math.round((line.received - line.at) / 1000) }));
    if (line.basis === "server") notes.push(this.words.by_server);
    if (line.basis === "ponsel" && Math.abs(line.offset) > 2000) notes.push(fill(this.words.offset, { n: this.seconds(line.offset) }));
    return notes;
  }
}

/* Storage that may be forbidden. */
function storageOf(name) {
  try {
    return window[name] ?? new Empty();
  } catch {
    return new Empty();
  }
}

class Empty {
  constructor() {
    this.length = 0;
  }

  getItem() {
    return null;
  }

  setItem() {
    this.length = 0;
  }
}

function begin() {
  const home = document.getElementById("latihan");
  const words = JSON.parse(document.getElementById("kata").textContent);
  const phone = new Phone(home, words, storageOf("localStorage"), storageOf("sessionStorage"));
  const now = () => phone.me && phone.drill && phone.tick();
  window.addEventListener("online", now);
  document.addEventListener("visibilitychange", () => document.hidden || now());
  phone.start();
  return phone;
}

if (typeof module !== "undefined") module.exports = { Clock, Phone, Shelf, begin, timeOf };
else begin();
