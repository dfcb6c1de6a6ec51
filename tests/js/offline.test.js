"use strict";
/* The offline map: its table, its search, its legend and the card of a unit, from the data that stand in the file. */
const test = require("node:test");
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");
const { anything, browser } = require("./dom.js");

const FILE = path.join(__dirname, "../../static/offline/offline.js");
const SHAPE = "10690000 -635000 100 0 0 100 -100 0 0 -100";
const WORDS = [
  "indicator", "search", "no_data", "hatched", "legend", "border", "color", "class", "units", "name", "kecamatan", "side", "line",
  "year", "quality", "yes", "no", "pick", "pick_more", "marked",
];

const indicator = (title, level, more) => ({
  title, level, unit: "km", about: `Tentang ${title}`, answer: `Jawaban ${title}`, note: "", standards: ["SNI: 1 km"],
  colors: ["#eeeeee", "#333333"], legend: [{ color: "#eeeeee", label: "≤ 1", counts: ["1", "1"] }, { color: null, label: "belum ada data", counts: ["0", "1"] }],
  ranges: [null, null, null], notes: [null, null, null], uncertain: [0, 0, 1], ...more,
});
const DATA = {
  language: "id",
  words: { ...Object.fromEntries(WORDS.map((word) => [word, word])), rows: "{n} baris" },
  sides: [{ name: "Kota Bekasi", color: "#224e89", outline: [SHAPE] }, { name: "Kota Depok", color: "#ba7f44", outline: [SHAPE] }],
  levels: {
    kelurahan: {
      names: ["Jatikarya", "Ágrèsa", "Cilangkap"], kecamatan: ["Jatisampurna", "Tapos", "Tapos"], side: [0, 1, 1], line: [1, 0, 1],
      marked: [0, 0, 1], shapes: [SHAPE, SHAPE, `${SHAPE}|${SHAPE};${SHAPE}`],
    },
    kecamatan: { names: ["Tapos"], kecamatan: [""], side: [1], line: [1], marked: [0], shapes: [SHAPE] },
  },
  lines: [SHAPE],
  indicators: [
    indicator("Jarak SD", "kelurahan", {
      classes: [0, -1, 0], text: ["0,9 km", null, "10,1 km"], raw: [0.9, null, 10.1], years: ["2019", null, "2019"], quality: [1, null, 0], origin: [0, null, 0],
    }),
    indicator("Cahaya", "kecamatan", { classes: [1], text: ["7"], raw: [7], years: ["2024"], quality: [0], origin: [0], ranges: ["Sebaran: 1–9"], notes: [0] }),
  ],
  origins: ["Kemendikbud. Tahun 2019."], remarks: ["Sebagian."], qualities: ["tinggi", "sedang"],
};

function opened(data = DATA) {
  const ids = ["answer", "about", "indicator", "search", "results", "map", "card", "legend", "note", "count", "table"];
  const { document } = browser({ ...Object.fromEntries(ids.map((id) => [id, ""])), data: JSON.stringify(data) });
  const pane = document.createElement("div");
  pane.className = "leaflet-overlay-pane";
  const svg = document.createElement("svg");
  pane.append(svg);
  document.getElementById("map").append(pane);
  const drawn = [];
  const polygon = (points, style) => {
    const layer = {
      points, style, acts: {},
      bindTooltip: (tip) => (layer.tip = tip),
      on: (kind, act) => (layer.acts[kind] = act),
      setStyle: (more) => Object.assign(layer.style, more),
      getLatLngs: () => points,
      getBounds: anything,
    };
    drawn.push(layer);
    return layer;
  };
  const Leaflet = anything();
  const L = new Proxy({}, { get: (_, name) => (name === "polygon" ? polygon : Leaflet[name]) });
  const Option = function (text, value) {
    const option = document.createElement("option");
    option.textContent = text;
    option.value = value;
    return option;
  };
  vm.runInNewContext(fs.readFileSync(FILE, "utf-8"), { document, L, Option }, { filename: FILE });
  const by = (id) => document.getElementById(id);
  const cells = () => by("table").querySelectorAll("tr").slice(1).map((row) => row.children.map((cell) => cell.textContent));
  const type = (text) => {
    by("search").value = text;
    by("search").dispatch("input", {});
  };
  return { document, by, cells, type, drawn, names: () => cells().map(([name]) => name), heads: () => by("table").querySelectorAll("th") };
}

test("the page opens with answer, table and legend of the first indicator", () => {
  const page = opened();
  assert.equal(page.by("answer").textContent, "Jawaban Jarak SD");
  assert.deepEqual(page.cells()[2], ["Jatikarya", "Jatisampurna", "Kota Bekasi", "yes", "0,9 km", "2019", "sedang"]);
  assert.equal(page.by("count").textContent, "3 baris");
  assert.equal(page.document.body.dataset.ready, "true");
  const swatches = page.by("legend").querySelectorAll(".swatch");
  assert.equal(swatches[0].style.background, "#eeeeee");
  assert.ok(swatches[1].querySelector("svg"), "what is not known is hatched");
});

test("units take the colour of their class, hatched where nothing is known", () => {
  const page = opened();
  assert.deepEqual(page.drawn.slice(0, 3).map(({ style }) => style.fillColor), ["#eeeeee", "url(#hatch)", "url(#uncertain-0)"]);
});

test("outlines come as steps of a hundred-thousandth of a degree, with parts and holes", () => {
  const page = opened();
  assert.deepEqual(JSON.parse(JSON.stringify(page.drawn[0].points[0][0].slice(0, 3))), [[-6.35, 106.9], [-6.35, 106.901], [-6.349, 106.901]]);
  assert.equal(String(page.drawn[2].points.map((part) => part.length)), "1,2");
});

test("a heading sorts, a second click turns the order, and unknown values stay last", () => {
  const page = opened();
  assert.deepEqual(page.names(), ["Ágrèsa", "Cilangkap", "Jatikarya"], "names as the language sorts them");
  const sort = () => page.heads()[4].children[0].dispatch("click", {});
  sort();
  assert.deepEqual(page.names(), ["Jatikarya", "Cilangkap", "Ágrèsa"], "as numbers, not as text");
  assert.equal(page.heads()[4].getAttribute("aria-sort"), "ascending");
  sort();
  assert.deepEqual(page.names(), ["Cilangkap", "Jatikarya", "Ágrèsa"]);
  assert.equal(page.heads()[4].getAttribute("aria-sort"), "descending");
});

test("a search narrows the table and offers the places", () => {
  const page = opened();
  page.type("  TAPOS ");
  assert.deepEqual(page.names(), ["Ágrèsa", "Cilangkap"]);
  assert.deepEqual(page.by("results").children.map((found) => found.textContent), ["Ágrèsa, Tapos, Kota Depok", "Cilangkap, Tapos, Kota Depok"]);
  page.by("results").children[1].dispatch("click", {});
  assert.equal(page.by("card").querySelector("h2").textContent, "Cilangkap, Tapos, Kota Depok");
  assert.equal(page.by("results").childElementCount, 0);
  page.type("");
  assert.equal(page.by("results").childElementCount, 0);
  assert.equal(page.cells().length, 3);
});

test("the card of a unit has its value, standards and where they come from", () => {
  const page = opened();
  page.drawn[2].acts.click();
  assert.deepEqual(page.by("card").children.map((line) => line.textContent).slice(0, 6), ["Cilangkap, Tapos, Kota Depok", "marked", "Jarak SD", "10,1 km", "SNI: 1 km", "Kemendikbud. Tahun 2019."]);
  page.drawn[1].acts.click();
  assert.match(page.by("card").textContent, /no_data/);
  assert.deepEqual(page.by("table").querySelectorAll(".chosen").map((row) => row.children[0].textContent), ["Ágrèsa"]);
});

test("another indicator brings its own level, without the column of the kecamatan", () => {
  const page = opened();
  page.drawn[0].acts.click();
  page.by("indicator").value = "1";
  page.by("indicator").dispatch("change", {});
  assert.deepEqual(page.cells(), [["Tapos", "Kota Depok", "yes", "7", "2024", "tinggi"]]);
  assert.equal(page.by("card").querySelector("h2").textContent, "pick", "what was chosen on another level is let go");
  page.drawn[3].acts.click();
  assert.match(page.by("card").textContent, /Sebaran: 1–9/);
  assert.match(page.by("card").textContent, /Sebagian\./);
});

test("a tooltip is text, whatever a name holds", () => {
  const names = ["<img src=x>", "b", "c"];
  const page = opened({ ...DATA, levels: { ...DATA.levels, kelurahan: { ...DATA.levels.kelurahan, names } } });
  const tip = page.drawn[0].tip();
  assert.equal(tip.children[0].textContent, "<img src=x>, Jatisampurna, Kota Bekasi");
  assert.equal(tip.querySelector("img"), null);
});
