/* Mode rapat in the browser: a prepared sequence of slides that is sent once and paged here, whatever becomes of the server.
 *
 * mount(home, key, text)   shows the meeting that the JSON text describes (see `views/story/projector.py`) inside an element of the app;
 *                          called again it brings the same meeting up to date. Returns what takes it away.
 * In the one-file copy the same text stands in the page as #tapal-rapat, the styles as #tapal-gaya, and the meeting fills the window.
 *
 * Every text is set with textContent; pictures are images, whose scripts no browser runs.
 */

const COLOR = /^#[0-9a-f]{6}$/i;
const SIZES = [0.8, 0.9, 1, 1.15, 1.3, 1.5];
// Type gives way until a slide fits: first tables and lists, which may be large where there is room, then the sentence.
const FITS = [[1, 1.35], [1, 1.15], [1, 1], [1, 0.92], [1, 0.84], [0.94, 0.78], [0.88, 0.72], [0.82, 0.66], [0.76, 0.6], [0.7, 0.54], [0.64, 0.5]];
const SWIPE_PX = 60;
// On a phone letters stay readable, and a slide scrolls instead.
const PHONE = { width: 640, fits: FITS.slice(0, 4) };
const POINTING = ["pointerdown", "pointerup", "click"];

function element(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text !== undefined) made.textContent = text;
  return made;
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

function address(picture) {
  const bytes = picture.kind === "png" ? Uint8Array.from(atob(picture.data), (c) => c.charCodeAt(0)) : picture.data;
  return URL.createObjectURL(new Blob([bytes], { type: picture.kind === "png" ? "image/png" : "image/svg+xml" }));
}

class Meeting {
  constructor(home, css, alone) {
    this.home = home;
    this.alone = alone;
    this.sheet = css;
    this.at = 0;
    this.size = 2;
    this.looks = new Set();
    this.started = null;
    this.open = false;
    this.text = "";
    this.addresses = new Map();
    this.aside = [];
    this.root = element("div", "rp");
    this.root.tabIndex = -1;
    this.onKey = (event) => this.key(event);
    this.onResize = () => this.fit();
    this.watch = new ResizeObserver(this.onResize);
    this.watch.observe(this.root);
    this.siblings = new MutationObserver(() => this.hush());
    this.own = new MutationObserver(() => this.wake());
    this.root.addEventListener("keydown", (event) => this.open || this.key(event));
    this.onPointer = (event) => this.pointed(event);
    for (const kind of POINTING) this.root.addEventListener(kind, (event) => this.open || this.pointed(event));
  }

  /* ---- the meeting ---- */

  tell(text) {
    if (text === this.text) return;
    const before = this.meeting ? this.slide.id : null;
    this.text = text;
    this.meeting = JSON.parse(text);
    this.words = this.meeting.words;
    this.addresses.forEach((url) => URL.revokeObjectURL(url));
    this.addresses.clear();
    this.at = Math.max(0, this.meeting.slides.findIndex((slide) => slide.id === before));
    this.build();
    this.show();
  }

  get slide() {
    return this.meeting.slides[this.at];
  }

  build() {
    const { words } = this;
    this.root.lang = this.meeting.language;
    this.root.setAttribute("aria-label", fill(words.region, { title: this.meeting.title }));
    this.stage = element("div", "rp-stage");
    const head = element("div", "rp-head");
    head.append(element("span", "rp-place", this.meeting.line));
    this.number = element("span", "rp-number");
    const tools = element("span", "rp-tools");
    tools.append(
      this.button("‹", words.previous, () => this.step(-1)),
      this.number,
      this.button("›", words.next, () => this.step(1)),
      this.button("≡", words.overview, () => this.toggle("overview")),
      this.button("?", words.keys, () => this.toggle("help")),
    );
    this.leaving = this.button("×", words.leave, () => this.leave());
    tools.append(this.leaving);
    head.append(tools);
    this.page = element("section", "rp-slide");
    this.page.setAttribute("aria-roledescription", words.slide);
    this.foot = element("div", "rp-foot");
    this.stage.append(head, this.page, this.foot);
    this.cover = element("div", "rp-cover");
    this.cover.hidden = true;
    this.panel = element("aside", "rp-panel");
    this.panel.hidden = true;
    this.panel.setAttribute("aria-label", words.notes);
    this.voice = element("div", "rp-voice");
    this.voice.setAttribute("aria-live", "polite");
    this.start = element("button", "rp-start", words.start);
    this.start.type = "button";
    this.start.onclick = () => this.begin();
    this.root.replaceChildren(this.stage, this.cover, this.panel, this.voice, this.start);
    this.dress();
  }

  button(sign, name, act) {
    const made = element("button", "rp-tool", sign);
    made.type = "button";
    made.setAttribute("aria-label", name);
    made.title = name;
    made.onclick = act;
    return made;
  }

  /* ---- one slide ---- */

  show() {
    const { slide, words } = this;
    this.number.textContent = `${this.at + 1} / ${this.meeting.slides.length}`;
    this.page.setAttribute("aria-label", fill(words.position, { number: this.at + 1, count: this.meeting.slides.length, title: slide.title }));
    this.page.replaceChildren(element("h2", "rp-title", slide.title));
    const lead = element("div", "rp-lead");
    lead.append(element("p", "rp-answer", slide.lead));
    if (slide.remark) lead.append(element("p", "rp-remark", slide.remark));
    const body = element("div", "rp-body");
    const twin = slide.table && (this.asTable || !slide.picture);
    if (slide.picture && !twin) body.append(this.draw(slide.picture));
    if (twin) body.append(this.table(slide.table));
    this.page.append(lead);
    if (body.childElementCount) this.page.append(body);
    const keyed = slide.picture && !twin && slide.legend;
    if (keyed) {
      const aside = element("div", "rp-aside");
      aside.append(this.legend(slide.legend));
      // A code that opens nothing on another computer is for who asks for it.
      if (this.at === 0 && slide.qr && !this.meeting.warning) aside.append(this.code(slide));
      this.page.append(aside);
    }
    this.page.classList.toggle("rp-keyed", Boolean(keyed));
    this.page.classList.toggle("rp-alone", !body.childElementCount);
    this.foot.replaceChildren(...slide.credit.map((line) => element("span", "", line)));
    if (this.cover.dataset.kind !== "blank") this.uncover();
    if (this.open) this.voice.textContent = `${slide.title} ${slide.lead}`;
    this.fit();
    this.tellNotes();
  }

  draw(picture) {
    const image = element("img", "rp-picture");
    image.alt = picture.alt;
    image.draggable = false;
    return image;
  }

  choose(image, shapes) {
    // Of the shapes that were drawn, the one nearest to the room that there is.
    const box = image.parentElement.getBoundingClientRect();
    const room = box.width && box.height ? box.width / box.height : 1;
    const off = (shape) => Math.abs(Math.log(shape.ratio / room));
    const best = shapes.reduce((a, b) => (off(b) < off(a) ? b : a));
    if (!this.addresses.has(best)) this.addresses.set(best, address(best));
    const url = this.addresses.get(best);
    if (image.src !== url) image.src = url;
  }

  list(lines, name) {
    const made = element("ul", name);
    for (const line of lines) made.append(element("li", "", line));
    return made;
  }

  table(spec) {
    const made = element("table", "rp-table");
    if (spec.title !== this.slide.title) made.append(element("caption", "", spec.title));
    made.setAttribute("aria-label", spec.title);
    const numeric = new Set(spec.numeric);
    const row = (cells, tag) => {
      const line = element("tr");
      cells.forEach((cell, column) => {
        const made = element(tag, numeric.has(column) ? "rp-right" : "", cell);
        if (tag === "th") made.scope = "col";
        line.append(made);
      });
      return line;
    };
    const head = element("thead");
    if (!(spec.columns.length === 1 && spec.columns[0] === spec.title)) head.append(row(spec.columns, "th"));
    const rows = element("tbody");
    for (const cells of spec.rows) rows.append(row(cells, "td"));
    made.append(head, rows);
    return made;
  }

  legend(spec) {
    const made = element("table", "rp-legend");
    const head = element("tr");
    head.append(element("td"), element("td"));
    for (const text of spec.heads) {
      const cell = element("th", "rp-right", text);
      cell.scope = "col";
      head.append(cell);
    }
    if (spec.heads.length) made.append(head);
    for (const entry of spec.entries) {
      const line = element("tr");
      const swatch = element("span", entry.glyph ? "rp-glyph" : `rp-swatch rp-${entry.kind}`, entry.glyph);
      if (entry.color && COLOR.test(entry.color)) swatch.style.setProperty("--rp-color", entry.color);
      const cell = element("td");
      cell.append(swatch);
      const label = element("th", "rp-label", entry.label);
      label.scope = "row";
      if (!entry.counts.length) label.colSpan = 1 + spec.heads.length;
      line.append(cell, label, ...entry.counts.map((count) => element("td", "rp-right", count)));
      made.append(line);
    }
    return made;
  }

  code(slide) {
    const made = element("figure", "rp-code");
    const image = element("img");
    image.alt = fill(this.words.qr, { link: slide.link });
    if (!this.addresses.has(slide)) this.addresses.set(slide, address({ kind: "svg", data: slide.qr }));
    image.src = this.addresses.get(slide);
    made.append(image, element("figcaption", "", slide.link));
    if (this.meeting.warning) made.append(element("p", "rp-warning", this.meeting.warning));
    return made;
  }

  /* ---- room ---- */

  fit() {
    if (!this.meeting || !this.root.isConnected) return;
    const box = this.stage.getBoundingClientRect();
    if (!box.width || !box.height) return;
    const unit = Math.min(box.width / 1024, box.height / 768) * 20;
    const base = this.open ? Math.max(12, unit) : Math.max(7, unit);
    this.stage.style.fontSize = `${base * SIZES[this.size]}px`;
    this.page.classList.remove("rp-scroll");
    this.page.removeAttribute("tabindex");
    const fits = () => this.page.scrollHeight <= this.page.clientHeight && this.page.scrollWidth <= this.page.clientWidth;
    const pictured = this.page.querySelector(".rp-picture") !== null;
    const fitted = (box.width < PHONE.width ? PHONE.fits : FITS).some(([lead, body]) => {
      if (pictured && body > 1) return false;
      this.page.style.setProperty("--rp-lead", lead);
      this.page.style.setProperty("--rp-body", body);
      return fits();
    });
    if (!fitted) {
      this.page.classList.add("rp-scroll");
      this.page.tabIndex = 0;
    }
    const image = this.page.querySelector(".rp-picture");
    if (image) this.choose(image, this.slide.picture.shapes);
  }

  dress() {
    for (const look of ["contrast", "grey"]) this.root.classList.toggle(`rp-${look}`, this.looks.has(look));
    this.root.classList.toggle("rp-open", this.open);
    this.leaving.hidden = !this.open || this.alone;
    this.start.hidden = this.open;
    if (this.open) {
      this.root.setAttribute("role", "dialog");
      this.root.setAttribute("aria-modal", "true");
    } else {
      this.root.setAttribute("role", "region");
      this.root.removeAttribute("aria-modal");
    }
  }

  look(name) {
    if (!this.looks.delete(name)) this.looks.add(name);
    this.dress();
    this.fit();
  }

  /* ---- what covers a slide ---- */

  toggle(kind) {
    if (!this.cover.hidden && this.cover.dataset.kind === kind) this.uncover();
    else this.uncovered(kind);
  }

  uncovered(kind) {
    const { words } = this;
    this.cover.dataset.kind = kind;
    this.cover.hidden = false;
    this.cover.style.fontSize = this.stage.style.fontSize;
    const box = element("div", "rp-box");
    if (kind === "overview") {
      box.append(element("h2", "rp-title", words.overview));
      const list = element("ol", "rp-overview");
      this.meeting.slides.forEach((slide, number) => {
        const item = element("li");
        const button = element("button", "", slide.title);
        button.type = "button";
        if (number === this.at) button.setAttribute("aria-current", "true");
        button.onclick = () => this.go(number);
        item.append(button);
        list.append(item);
      });
      box.append(list);
    } else if (kind === "help") {
      box.append(element("h2", "rp-title", words.keys));
      const list = element("dl", "rp-keys");
      for (const [keys, meaning] of this.meeting.keys) list.append(element("dt", "", keys), element("dd", "", meaning));
      box.append(list);
    } else if (kind === "qr") {
      box.append(element("h2", "rp-title", this.slide.title));
      box.append(this.slide.qr ? this.code(this.slide) : element("p", "", words.no_qr));
    }
    this.cover.replaceChildren(box);
    this.cover.setAttribute("aria-label", { overview: words.overview, help: words.keys, qr: words.qr_short, blank: words.blank }[kind]);
    const first = box.querySelector("[aria-current]") || box.querySelector("button");
    if (first) first.focus();
    else this.root.focus();
  }

  uncover() {
    if (this.cover.hidden) return false;
    this.cover.hidden = true;
    this.cover.replaceChildren();
    delete this.cover.dataset.kind;
    this.root.focus({ preventScroll: true });
    return true;
  }

  /* ---- paging ---- */

  go(number) {
    const next = Math.max(0, Math.min(this.meeting.slides.length - 1, number));
    this.asTable = false;
    const same = next === this.at;
    this.at = next;
    this.uncover();
    if (!same) this.show();
  }

  step(by) {
    this.go(this.at + by);
  }

  /* While the meeting is open it hears of pointers first: a dialog of the app stops what is not for the dialog. */
  pointed(event) {
    if (!this.root.contains(event.target)) return;
    const { clientX: x, clientY: y } = event;
    if (event.type === "pointerdown") this.touch = { x, y };
    else if (event.type === "pointerup" && this.touch && event.pointerType !== "mouse") {
      const [along, across] = [x - this.touch.x, y - this.touch.y];
      this.touch = null;
      if (Math.abs(along) > SWIPE_PX && Math.abs(along) > 2 * Math.abs(across)) this.step(along < 0 ? 1 : -1);
    }
    if (!this.open) return;
    event.stopPropagation();
    if (event.type === "click") event.target.closest("button")?.onclick?.();
  }

  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || !this.meeting) return;
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const own = event.target instanceof Element && event.target.closest(".rp button");
    if (own && (name === " " || name === "Enter")) {
      // The button is pressed by the browser; nobody else shall hear of it.
      event.stopPropagation();
      return;
    }
    const listed = this.cover.dataset.kind === "overview" && (name === "ArrowDown" || name === "ArrowUp");
    const scrolls = this.page.classList.contains("rp-scroll");
    const upright = (by) => {
      if (listed) this.along(by);
      else if (scrolls) this.page.scrollBy({ top: by * this.page.clientHeight * 0.4 });
      else this.step(by);
    };
    const acts = {
      ArrowRight: () => this.step(1),
      PageDown: () => this.step(1),
      Enter: () => this.step(1),
      " ": () => this.step(event.shiftKey ? -1 : 1),
      ArrowLeft: () => this.step(-1),
      PageUp: () => this.step(-1),
      Backspace: () => this.step(-1),
      ArrowDown: () => upright(1),
      ArrowUp: () => upright(-1),
      Home: () => this.go(0),
      End: () => this.go(this.meeting.slides.length - 1),
      Escape: () => this.uncover() || this.leave(),
      0: () => this.toggle("overview"),
      f: () => this.fill(),
      n: () => this.notes(),
      c: () => this.look("contrast"),
      g: () => this.look("grey"),
      b: () => this.toggle("blank"),
      ".": () => this.toggle("blank"),
      q: () => this.toggle("qr"),
      t: () => this.other(),
      "?": () => this.toggle("help"),
      "+": () => this.resize(1),
      "=": () => this.resize(1),
      "-": () => this.resize(-1),
    };
    const act = /^[1-9]$/.test(name) ? () => Number(name) <= this.meeting.slides.length && this.go(Number(name) - 1) : acts[name];
    if (this.open) {
      // Streamlit has keys of its own (R, C): none of them may act behind the meeting. Tab stays the browser's.
      event.stopPropagation();
    } else if (["f", "b", ".", "n", "Escape", "Enter", " "].includes(name) || listed) {
      return;
    }
    if (!act || (event.repeat && name.length === 1 && name !== " ")) return;
    event.preventDefault();
    act();
  }

  along(by) {
    const buttons = [...this.cover.querySelectorAll("button")];
    const now = buttons.indexOf(document.activeElement);
    buttons[(now + by + buttons.length) % buttons.length].focus();
  }

  other() {
    if (!this.slide.picture || !this.slide.table) return;
    this.asTable = !this.asTable;
    this.show();
  }

  resize(by) {
    this.size = Math.max(0, Math.min(SIZES.length - 1, this.size + by));
    this.fit();
  }

  /* ---- the room ---- */

  begin() {
    this.enter();
    this.fill();
  }

  enter() {
    if (this.open) return;
    this.open = true;
    if (this.started === null) this.started = Date.now();
    document.body.append(this.root);
    window.addEventListener("keydown", this.onKey, true);
    for (const kind of POINTING) window.addEventListener(kind, this.onPointer, true);
    window.addEventListener("pagehide", () => this.closeNotes(), { once: true });
    this.hush();
    this.siblings.observe(document.body, { childList: true });
    this.own.observe(this.root, { attributes: true, attributeFilter: ["inert", "aria-hidden"] });
    this.ticking = setInterval(() => this.tick(), 1000);
    this.dress();
    this.root.focus({ preventScroll: true });
    this.show();
  }

  leave() {
    if (!this.open || this.alone) return;
    this.open = false;
    window.removeEventListener("keydown", this.onKey, true);
    for (const kind of POINTING) window.removeEventListener(kind, this.onPointer, true);
    clearInterval(this.ticking);
    this.siblings.disconnect();
    this.own.disconnect();
    this.wake();
    this.aside.forEach((other) => (other.inert = false));
    this.aside = [];
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
    this.closeNotes();
    this.uncover();
    this.panel.hidden = true;
    this.root.remove();
    if (this.gone) return;
    this.home.append(this.root);
    this.dress();
    this.show();
    this.start.focus();
  }

  /* What lies behind, the message about a lost connection too, can neither be read aloud nor take the keys. */
  hush() {
    for (const other of document.body.children) {
      if (other === this.root || other.inert || other.tagName === "SCRIPT") continue;
      other.inert = true;
      this.aside.push(other);
    }
  }

  /* A dialog of the app makes all else inert; the meeting is not its to hush. */
  wake() {
    if (this.root.inert) this.root.inert = false;
    if (this.root.hasAttribute("aria-hidden")) this.root.removeAttribute("aria-hidden");
    if (this.open && document.activeElement === document.body) this.root.focus({ preventScroll: true });
  }

  fill() {
    // Where a browser refuses, the meeting still fills its window.
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
    else if (this.root.requestFullscreen) this.root.requestFullscreen().catch(() => {});
  }

  /* ---- the presenter's notes ---- */

  notes() {
    if (this.apart && !this.apart.closed) {
      this.closeNotes();
      return;
    }
    if (!this.panel.hidden) {
      this.panel.hidden = true;
      this.fit();
      return;
    }
    this.apart = window.open("", "tapal-rapat", "popup,width=560,height=760");
    if (this.apart) {
      const there = this.apart.document;
      there.title = this.words.notes;
      there.documentElement.lang = this.meeting.language;
      const sheet = new this.apart.CSSStyleSheet();
      sheet.replaceSync(this.sheet);
      there.adoptedStyleSheets = [sheet];
      there.body.className = "rp-apart";
      this.apart.addEventListener("keydown", this.onKey, true);
    } else {
      this.apart = null;
      this.panel.hidden = false;
    }
    this.tellNotes();
    this.fit();
  }

  closeNotes() {
    if (this.apart && !this.apart.closed) this.apart.close();
    this.apart = null;
  }

  tellNotes() {
    const place = this.apart && !this.apart.closed ? this.apart.document.body : this.panel.hidden ? null : this.panel;
    if (!place) return;
    const { slide, words } = this;
    const next = this.meeting.slides[this.at + 1];
    this.clock = element("p", "rp-clock");
    place.replaceChildren(
      this.clock,
      element("p", "rp-next", next ? fill(words.coming, { title: next.title }) : words.last),
      element("h1", "", `${this.at + 1} / ${this.meeting.slides.length} – ${slide.title}`),
      element("p", "rp-said", slide.lead),
      this.list(slide.notes, "rp-notes"),
      element("p", "rp-hint", words.hint),
    );
    this.tick();
  }

  tick() {
    if (!this.clock || this.started === null) return;
    const seconds = Math.floor((Date.now() - this.started) / 1000);
    const pad = (n) => String(n).padStart(2, "0");
    const until = Math.ceil((this.meeting.minutes * (this.at + 1)) / this.meeting.slides.length);
    this.clock.textContent = fill(this.words.clock, {
      now: `${pad(Math.floor(seconds / 60))}:${pad(seconds % 60)}`,
      all: this.meeting.minutes,
      until,
    });
    this.clock.classList.toggle("rp-late", seconds > until * 60);
  }

  away() {
    this.gone = true;
    if (this.open) return;
    this.watch.disconnect();
    this.closeNotes();
    this.root.remove();
  }
}

/* ---- inside the app ---- */

const living = new Map();
let styles = null;

async function dressed() {
  const here = new URL(import.meta.url);
  styles ??= fetch(new URL(`meeting.css${here.search}`, here))
    .then((reply) => (reply.ok ? reply.text() : Promise.reject(new Error(`meeting.css: ${reply.status}`))))
    .then(adopt);
  return styles;
}

function adopt(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return css;
}

export async function mount(home, key, text) {
  const css = await dressed();
  let meeting = living.get(key);
  if (!meeting) living.set(key, (meeting = new Meeting(home, css, false)));
  meeting.gone = false;
  meeting.home = home;
  if (!meeting.open && meeting.root.parentElement !== home) home.append(meeting.root);
  meeting.tell(text);
  meeting.fit();
  return () => {
    meeting.away();
    if (!meeting.open) living.delete(key);
  };
}

/* ---- as one file ---- */

const kept = document.getElementById("tapal-rapat");
if (kept) {
  const css = document.getElementById("tapal-gaya").textContent;
  const meeting = new Meeting(document.body, css, true);
  meeting.tell(kept.textContent);
  meeting.enter();
}
