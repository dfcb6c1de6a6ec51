"use strict";
/* What the map computes by itself: projection, outlines, signs, and what the server has packed. */
const test = require("node:test");
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");
const zlib = require("node:zlib");
const { browser } = require("./dom.js");

const FILE = path.join(__dirname, "../../static/map/tapal.js");

function opened(fetch = () => Promise.reject(new Error("no network"))) {
  const { document, window } = browser();
  document.currentScript = { src: "https://kota.example/tapal/app/static/map/tapal.js?v=abc#geo/a.json" };
  const asked = [];
  const context = {
    document, window, URL, Promise, Map, Float64Array, Uint8Array, DecompressionStream, TextDecoder, atob, module: {}, performance,
    fetch: (url) => {
      asked.push(String(url));
      return fetch(String(url));
    },
  };
  vm.runInNewContext(fs.readFileSync(FILE, "utf-8"), context, { filename: FILE });
  return { ...context.module.exports, asked, window, document };
}

const map = opened();
const plain = (value) => JSON.parse(JSON.stringify(value));
const near = (found, wanted, off = 1e-9) => assert.ok(Math.abs(found - wanted) <= off, `${found} is not ${wanted}`);

test("a place comes back from Mercator as it went", () => {
  for (const [lon, lat] of [[106.9, -6.35], [0, 0], [-179.5, 60], [140.7, -9.1]]) {
    const [x, y] = map.project([[lon, lat]]);
    const [backLon, backLat] = map.lonLat(x, y);
    near(backLon, lon);
    near(backLat, lat);
  }
  assert.deepEqual([...map.project([[0, 0]])].map((at) => at.toFixed(12)), ["0.500000000000", "0.500000000000"]);
});

test("arcs become the units, the mesh between their kecamatan, and the outline of all", () => {
  const made = map.opened({
    transform: { scale: [1, 1] },
    arcs: [[[0, 0], [0, 100]], [[0, 100], [100, 0], [0, -100], [-100, 0]], [[0, 0], [-100, 0], [0, 100], [100, 0]]],
    objects: { units: { geometries: [
      { type: "Polygon", id: "32.75.01.1001", properties: { n: "A" }, arcs: [[0, 1]] },
      { type: "MultiPolygon", id: "32.75.02.1001", properties: { n: "B" }, arcs: [[[~0, 2]]] },
    ] } },
    labels: [["Tapos", [0, 0]]],
  });
  const [one, other] = plain(made.features);
  assert.deepEqual(one, { id: "32.75.01.1001", properties: { n: "A" }, geometry: { type: "Polygon", coordinates: [[[0, 0], [0, 100], [100, 100], [100, 0], [0, 0]]] } });
  assert.deepEqual(other.geometry.coordinates, [[[[0, 100], [0, 0], [-100, 0], [-100, 100], [0, 100]]]]);
  assert.deepEqual(plain(made.mesh.geometry.coordinates), [[[0, 0], [0, 100]]]);
  assert.deepEqual(plain(made.outline.geometry.coordinates).map((line) => line.length), [4, 4]);
  assert.deepEqual(plain(made.labels), [["Tapos", [0, 0]]]);
});

const square = (x, y, size) => [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]];
const feature = (type, coordinates) => ({ geometry: { type, coordinates } });

test("parts and extent of lines, polygons and several of them", () => {
  const one = map.world(feature("Polygon", [square(100, -7, 2)]));
  assert.equal(one.parts.length, 1);
  const two = map.world(feature("MultiPolygon", [[square(100, -7, 2)], [square(110, -5, 1), square(110.2, -4.8, 0.2)]]));
  assert.equal(two.parts.length, 3);
  near(two.box[0], one.box[0]);
  near(two.box[2], 111 / 360 + 0.5);
  assert.equal(map.world(feature("LineString", square(100, -7, 2))).parts.length, 1);
  const both = map.joined([feature("Polygon", [square(100, -7, 2)]), feature("Polygon", [square(104, -7, 2)])]);
  assert.deepEqual([both.parts.length, both.box[0]], [2, one.box[0]]);
  near(both.box[2], 106 / 360 + 0.5);
});

test("a feature is projected once", () => {
  const asked = feature("Polygon", [square(100, -7, 2)]);
  assert.equal(map.world(asked), map.world(asked));
});

test("a parallel crosses an outline in pairs", () => {
  const ring = Float64Array.from([0, 0, 4, 0, 4, 4, 0, 4, 0, 0]);
  assert.deepEqual(plain(map.cross([ring], 1)).sort(), [0, 4]);
  assert.deepEqual(plain(map.cross([ring], 9)), []);
});

/* The corners of a path in steps of pixels. */
function corners(path) {
  const [, x, y, steps] = /^M(-?\d+) (-?\d+)l([-\d ]*)/.exec(path);
  const numbers = steps.trim().split(/\s+/).map(Number);
  const found = [[Number(x), Number(y)]];
  for (let i = 0; i + 1 < numbers.length; i += 2) found.push([found.at(-1)[0] + numbers[i], found.at(-1)[1] + numbers[i + 1]]);
  return found;
}

const origin = { x: 0, y: 0 };

test("an outline snaps to pixels, and vertices on one pixel are one", () => {
  const ring = Float64Array.from([0, 0, 0.104, 0, 0.1041, 0.0001, 0.104, 0.1, 0, 0]);
  assert.deepEqual(corners(map.trace([ring], 100, origin, null, true)).slice(0, 4), [[0, 0], [10, 0], [10, 10], [0, 0]]);
  assert.match(map.trace([ring], 100, origin, null, true), /0 0z$/);
  assert.doesNotMatch(map.trace([ring], 100, origin, null, false), /z/);
  assert.equal(map.trace([Float64Array.from([0, 0, 1e-9, 0])], 1, origin, null, true), "M0 0l0 0z");
});

test("two neighbours keep the edge that they share", () => {
  const shared = [[0.331, 0.127], [0.3384, 0.2046], [0.3329, 0.2918]];
  const left = Float64Array.from([[0, 0.1], ...shared, [0, 0.3], [0, 0.1]].flat());
  const right = Float64Array.from([[0.6, 0.3], ...shared.toReversed(), [0.6, 0.1], [0.6, 0.3]].flat());
  const [a, b] = [left, right].map((ring) => corners(map.trace([ring], 1000, origin, null, true)).map(String));
  const common = shared.map(([x, y]) => String([Math.round(x * 1000), Math.round(y * 1000)]));
  for (const corner of common) assert.ok(a.includes(corner) && b.includes(corner));
});

test("what lies beyond one edge of the window is skipped but for its ends", () => {
  const clip = { min: { x: 0, y: 0 }, max: { x: 100, y: 100 } };
  const far = Array.from({ length: 50 }, (_, i) => [200 + i, (i * 7) % 100]).flat();
  const ring = Float64Array.from([50, 50, ...far, 50, 60, 50, 50]);
  const whole = corners(map.trace([ring], 1, origin, null, true));
  const short = corners(map.trace([ring], 1, origin, clip, true));
  assert.ok(short.length < 8 && whole.length > 50);
  assert.deepEqual([short[0], short.at(-2)], [[50, 50], [50, 50]]);
  assert.ok(short.some(([x]) => x === 200) && short.some(([x]) => x === 249), "the row keeps its ends");
});

test("every sign of the server has a shape, closed where it is filled", () => {
  const source = fs.readFileSync(path.join(__dirname, "../../views/figures/mapspec.py"), "utf-8");
  const names = [...source.matchAll(/Sign\("(\w+)"/g)].map(([, name]) => name);
  assert.ok(names.length > 10);
  for (const name of names) {
    assert.ok(map.SHAPES[name], name);
    assert.match(map.SHAPES[name](10, 20, 5), /^M.*z$/, name);
    assert.doesNotMatch(map.SHAPES[name](10, 20, 5), /NaN|undefined/, name);
  }
  assert.equal(new Set(names.map((name) => map.SHAPES[name](0, 0, 1))).size, new Set(names).size, "no two alike");
});

test("packed codes spread out again", () => {
  assert.deepEqual(plain(map.spread("32.75.01.1001-1003,1007")), ["32.75.01.1001", "32.75.01.1002", "32.75.01.1003", "32.75.01.1007"]);
  assert.deepEqual(plain(map.spread("32.75.08-10")), ["32.75.08", "32.75.09", "32.75.10"]);
});

test("classes and labels come to their units", () => {
  const state = { kodes: "32.75.01.1001-1003;32.76.01.1001", classes: "0-a1", labels: ["0,5|||1,2", " km"] };
  assert.deepEqual([...map.unpack(state)].map(([kode, value]) => [kode, plain(value)]), [
    ["32.75.01.1001", { class: 0, label: "0,5 km" }],
    ["32.75.01.1002", { class: -1, label: "" }],
    ["32.75.01.1003", { class: 10, label: "" }],
    ["32.76.01.1001", { class: 1, label: "1,2 km" }],
  ]);
  assert.equal(map.unpack({ kodes: "", classes: "", labels: ["", ""] }).size, 0);
  const listed = map.unpack({ kodes: "32.75.01.1001-1002", classes: "00", labels: [["a|b", "c"], ""] });
  assert.deepEqual([...listed.values()].map(({ label }) => label), ["a|b", "c"]);
});

test("what the server has packed is unpacked", async () => {
  const state = { words: { label: "Peta “batas” </script>" }, classes: "0-1" };
  const packed = zlib.deflateSync(JSON.stringify(state)).toString("base64").replaceAll("+", "-").replaceAll("/", ".").replaceAll("=", "");
  assert.deepEqual(plain(await map.unpacked(packed)), state);
});

test("a file is fetched once, beside the script, and again after it failed", async () => {
  let answers = 0;
  const reply = (ok) => Promise.resolve({ ok, status: ok ? 200 : 500, json: () => Promise.resolve({ features: [] }) });
  const there = opened(() => reply((answers += 1) > 1));
  assert.deepEqual(there.asked, ["https://kota.example/tapal/app/static/geo/a.json"], "what the address names is fetched at once");
  await assert.rejects(there.fetchFile("geo/a.json").promise, /500/);
  await new Promise(setImmediate);
  await there.fetchFile("geo/a.json").promise;
  there.fetchFile("geo/a.json");
  assert.equal(there.asked.length, 2);
});

test("what is there is drawn at once, the rest when it has come", async () => {
  let done = 0;
  assert.equal(map.when([{ data: 1 }], () => (done += 1)), false);
  assert.equal(done, 1);
  let arrive;
  const late = { data: null, promise: new Promise((resolve) => (arrive = resolve)) };
  assert.equal(map.when([{ data: 1 }, late], () => (done += 1), assert.fail), true);
  assert.equal(done, 1);
  arrive();
  await new Promise(setImmediate);
  assert.equal(done, 2);
});

test("the style sheets are asked for with the version of the script", () => {
  const links = map.document.body.children.filter(({ tagName }) => tagName === "LINK").map(({ href }) => href);
  assert.deepEqual(links, ["vendor/leaflet/leaflet.css", "map/tapal.css"].map((name) => `https://kota.example/tapal/app/static/${name}?v=abc`));
});
