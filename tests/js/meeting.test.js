"use strict";
/* Mode rapat: what is on the stage, what a key does, and who else hears of it. */
const test = require("node:test");
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { browser } = require("./dom.js");

const FILE = path.join(__dirname, "../../static/meeting/meeting.js");
const WORDS = [
  "slide", "start", "previous", "next", "overview", "keys", "leave", "notes", "blank", "qr_short", "no_qr", "last", "hint",
];
let loads = 0;

const slide = (id, more = {}) => ({
  id, title: `Judul ${id}`, lead: `Kalimat ${id}.`, remark: "", picture: null, legend: null, table: null, credit: ["Sumber: BIG"],
  notes: [`Catatan ${id}`], path: "/peta", link: "", qr: "", ...more,
});
const TABLE = { title: "Tabel", columns: ["Nama", "Jiwa"], rows: [["Jatikarya", "1.200"]], numeric: [1] };
const PICTURE = { alt: "Peta", shapes: [{ kind: "svg", data: "<svg/>", ratio: 2 }, { kind: "svg", data: "<svg></svg>", ratio: 0.8 }] };

function meetingOf(slides, warning = "") {
  const words = Object.fromEntries(WORDS.map((word) => [word, word]));
  Object.assign(words, {
    region: "Slaid rapat: {title}", position: "Slaid {number} dari {count}: {title}", coming: "Berikutnya: {title}",
    clock: "{now} dari {all}; sampai {until}", qr: "Kode {link}",
  });
  return JSON.stringify({ title: "Batas", language: "id", line: "Batas · 2024", minutes: 15, warning, slides, words, keys: [["→", "berikutnya"]] });
}

/* A page with the meeting on it; every test has a script of its own. */
async function staged(slides, room = { width: 1024, height: 768 }, warning = "") {
  const { document, window, Element } = browser();
  const sheets = [];
  const urls = [];
  Object.assign(globalThis, {
    document, window, Element,
    ResizeObserver: class { observe() {} disconnect() {} },
    MutationObserver: class { observe() {} disconnect() {} },
    CSSStyleSheet: class { replaceSync(css) { sheets.push(css); } },
    fetch: () => Promise.resolve({ ok: true, text: () => Promise.resolve(".rp{}") }),
    setInterval: () => 0,
    clearInterval: () => {},
  });
  URL.createObjectURL = (blob) => (urls.push(blob), `blob:${urls.length}`);
  URL.revokeObjectURL = () => {};
  loads += 1;
  const source = fs.readFileSync(FILE, "utf-8").replaceAll("import.meta.url", JSON.stringify(`https://kota.example/static/meeting/meeting.js?v=1`));
  const { mount } = await import(`data:text/javascript,${encodeURIComponent(source)}//${loads}`);
  const home = document.createElement("div");
  document.body.append(home);
  const text = meetingOf(slides, warning);
  const away = await mount(home, "rapat", text);
  const stage = document.querySelector(".rp-stage");
  stage.room = room;
  const key = (name, more = {}) => {
    let stopped = false;
    let kept = false;
    const event = { key: name, target: document.activeElement, stopPropagation: () => (stopped = true), preventDefault: () => (kept = true), ...more };
    for (const act of [...(window.listeners.keydown ?? []), ...(window.listeners.keydown?.length ? [] : document.querySelector(".rp").listeners.keydown)]) act(event);
    return { stopped, kept };
  };
  const one = (name) => document.querySelector(name);
  return { document, window, home, key, one, mount, away, text, urls, sheets, title: () => one(".rp-title").textContent, number: () => one(".rp-number").textContent };
}

test("the first slide stands there with title, sentence, sources and its number", async () => {
  const on = await staged([slide("sampul", { remark: "Antara satu dan dua." }), slide("peta")]);
  assert.equal(on.title(), "Judul sampul");
  assert.equal(on.one(".rp-lead").textContent, "Kalimat sampul.Antara satu dan dua.");
  assert.equal(on.one(".rp-foot").textContent, "Sumber: BIG");
  assert.equal(on.number(), "1 / 2");
  assert.equal(on.one(".rp").getAttribute("aria-label"), "Slaid rapat: Batas");
  assert.equal(on.one(".rp-slide").getAttribute("aria-label"), "Slaid 1 dari 2: Judul sampul");
});

test("keys page to the ends and not beyond", async () => {
  const on = await staged(["a", "b", "c"].map((id) => slide(id)));
  const walk = (...names) => names.map((name) => (on.key(name), on.title().at(-1))).join("");
  assert.equal(walk("ArrowRight", "PageDown", "ArrowRight", "ArrowLeft", "Home", "End", "PageUp", "Backspace", "ArrowLeft"), "bccbacba" + "a");
  assert.equal(walk("3", "9", "1"), "cca");
  on.one(".rp-start").click();
  assert.equal(walk(" ", "Enter"), "bc");
  on.key(" ", { shiftKey: true });
  assert.equal(on.title(), "Judul b");
});

test("an open meeting takes the keys away from the app, but not those of the browser", async () => {
  const on = await staged([slide("a"), slide("b")]);
  assert.deepEqual(on.key("b"), { stopped: false, kept: false }, "in the page the app keeps its keys");
  on.one(".rp-start").click();
  assert.equal(on.document.querySelector(".rp").getAttribute("role"), "dialog");
  assert.deepEqual(on.key("r"), { stopped: true, kept: false }, "Streamlit's own R is not heard");
  assert.deepEqual(on.key("ArrowRight"), { stopped: true, kept: true });
  assert.deepEqual(on.key("f", { ctrlKey: true }), { stopped: false, kept: false }, "Ctrl+F stays the browser's");
  assert.deepEqual(on.key("Tab"), { stopped: true, kept: false });
});

test("what lies behind an open meeting is inert and awake again afterwards", async () => {
  const on = await staged([slide("a")]);
  on.one(".rp-start").click();
  assert.equal(on.home.inert, true);
  on.key("Escape");
  assert.equal(on.home.inert, false);
  assert.equal(on.one(".rp").parentElement, on.home);
  assert.equal(on.window.listeners.keydown.length, 0);
});

test("Escape closes what covers the slide first, then the meeting", async () => {
  const on = await staged([slide("a"), slide("b")]);
  on.one(".rp-start").click();
  on.key("0");
  assert.equal(on.one(".rp-cover").hidden, false);
  assert.deepEqual(on.one(".rp-overview").children.map((item) => item.textContent), ["Judul a", "Judul b"]);
  on.key("Escape");
  assert.equal(on.one(".rp-cover").hidden, true);
  assert.equal(on.one(".rp").classList.contains("rp-open"), true);
  on.key("Escape");
  assert.equal(on.one(".rp").classList.contains("rp-open"), false);
});

test("the table takes the place of the picture and gives it back", async () => {
  const on = await staged([slide("a", { picture: PICTURE, table: TABLE, legend: { heads: [], entries: [] } })]);
  assert.ok(on.one(".rp-picture") && !on.one(".rp-table"));
  on.key("t");
  assert.ok(on.one(".rp-table") && !on.one(".rp-picture"));
  assert.deepEqual(on.document.querySelectorAll("td").map((cell) => [cell.textContent, cell.className]), [["Jatikarya", ""], ["1.200", "rp-right"]]);
  on.key("t");
  assert.ok(on.one(".rp-picture"));
});

test("of the shapes of a picture the one nearest to its room is shown", async () => {
  const on = await staged([slide("a", { picture: PICTURE })]);
  const image = on.one(".rp-picture");
  for (const [room, data] of [[{ width: 800, height: 400 }, "<svg/>"], [{ width: 400, height: 600 }, "<svg></svg>"]]) {
    image.parentElement.room = room;
    on.key("+");
    assert.equal(await on.urls[Number(image.src.slice("blob:".length)) - 1].text(), data);
  }
});

test("the first slide shows a code only where it leads another computer to the meeting", async () => {
  const first = slide("a", { picture: PICTURE, legend: { heads: [], entries: [] }, link: "https://a.example", qr: "<svg/>" });
  assert.ok((await staged([first])).one(".rp-aside .rp-code"));
  assert.ok(!(await staged([{ ...first, link: "", qr: "" }])).one(".rp-code"));
  assert.ok(!(await staged([first], undefined, "Hanya di komputer ini.")).one(".rp-code"));
});

test("a legend shows the sign of a facility as a letter", async () => {
  const entries = [{ kind: "sign", color: "#b3123f", label: "puskesmas", counts: [], glyph: "\u271a" }];
  const on = await staged([slide("a", { picture: PICTURE, legend: { heads: ["jiwa"], entries } })]);
  assert.equal(on.one(".rp-glyph").textContent, "\u271a");
  assert.equal(on.one(".rp-glyph").style["--rp-color"], "#b3123f");
});

test("a legend takes a colour only where it is one, and names what is hatched", async () => {
  const entries = [
    { kind: "fill", color: "#224e89", label: "dekat", counts: ["3"] },
    { kind: "fill", color: "red;background:url(x)", label: "jahat", counts: [] },
    { kind: "hatch", color: "", label: "belum ada data", counts: ["1"] },
  ];
  const on = await staged([slide("a", { picture: PICTURE, legend: { heads: ["unit"], entries } })]);
  const swatches = on.document.querySelectorAll(".rp-swatch");
  assert.deepEqual(swatches.map(({ style }) => style["--rp-color"]), ["#224e89", undefined, undefined]);
  assert.ok(swatches[2].classList.contains("rp-hatch"));
  assert.deepEqual(on.document.querySelectorAll(".rp-label").map((cell) => cell.textContent), ["dekat", "jahat", "belum ada data"]);
});

test("letters give way until a slide fits, and one that never fits scrolls", async () => {
  const on = await staged([slide("a", { table: TABLE })]);
  const page = on.one(".rp-slide");
  const fitted = () => [page.style["--rp-lead"], page.style["--rp-body"], page.classList.contains("rp-scroll")];
  Object.assign(page, { clientHeight: 400, clientWidth: 900, scrollHeight: 300, scrollWidth: 900 });
  on.key("+");
  assert.deepEqual(fitted(), [1, 1.35, false], "room for larger tables");
  Object.defineProperty(page, "scrollHeight", { get: () => 500 * page.style["--rp-body"] });
  on.key("-");
  assert.deepEqual(fitted(), [0.94, 0.78, false]);
  Object.defineProperty(page, "scrollHeight", { get: () => 5000 });
  on.key("-");
  assert.deepEqual(fitted(), [0.64, 0.5, true]);
});

test("contrast and grey are looks that a second key takes off", async () => {
  const on = await staged([slide("a")]);
  const looks = () => ["rp-contrast", "rp-grey"].map((name) => on.one(".rp").classList.contains(name));
  on.key("g");
  assert.deepEqual(looks(), [false, true]);
  on.key("c");
  on.key("g");
  assert.deepEqual(looks(), [true, false]);
});

test("a meeting that is told anew stays on its slide", async () => {
  const on = await staged([slide("a"), slide("b"), slide("c")]);
  on.key("ArrowRight");
  await on.mount(on.home, "rapat", meetingOf([slide("x"), slide("a"), slide("b")]));
  assert.deepEqual([on.title(), on.number()], ["Judul b", "3 / 3"]);
  await on.mount(on.home, "rapat", meetingOf([slide("a")]));
  assert.equal(on.title(), "Judul a");
});

test("a meeting that is open outlives the page that brought it", async () => {
  const on = await staged([slide("a")]);
  on.one(".rp-start").click();
  on.away();
  assert.equal(on.one(".rp").parentElement, on.document.body);
  on.key("Escape");
  assert.equal(on.one(".rp"), null);
});

test("a finger pages along and not across", async () => {
  const on = await staged([slide("a"), slide("b")]);
  const root = on.one(".rp");
  const swipe = (x, y, pointerType = "touch") => {
    root.dispatch("pointerdown", { type: "pointerdown", clientX: 300, clientY: 300, pointerType });
    root.dispatch("pointerup", { type: "pointerup", clientX: 300 + x, clientY: 300 + y, pointerType });
    return on.title().at(-1);
  };
  assert.deepEqual([swipe(-30, 0), swipe(-90, 80), swipe(-90, 0, "mouse"), swipe(-90, 10), swipe(90, 10)], ["a", "a", "a", "b", "a"]);
});

test("the presenter's notes stand beside the slide where no window opens", async () => {
  const on = await staged([slide("a"), slide("b")]);
  on.one(".rp-start").click();
  on.key("n");
  const panel = on.one(".rp-panel");
  assert.equal(panel.hidden, false);
  assert.match(panel.textContent, /Berikutnya: Judul b.*Kalimat a\..*Catatan a/);
  assert.match(on.one(".rp-clock").textContent, /^00:00 dari 15; sampai 8$/);
  on.key("ArrowRight");
  assert.match(panel.textContent, /^00:00 dari 15; sampai 15last/);
  on.key("n");
  assert.equal(panel.hidden, true);
});
