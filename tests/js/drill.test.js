"use strict";
/* The phone of a drill: what it keeps while there is no connection, what it sends again, and how it measures its clock. */
const test = require("node:test");
const assert = require("node:assert/strict");
const { browser } = require("./dom.js");
const { Clock, Phone, Shelf, timeOf } = require("../../static/drill/drill.js");

const WORDS = new Proxy({}, { get: (_, name) => (name === "line" ? "{kind}|{name}|{n}" : String(name)) });

class Store {
  constructor() { this.map = new Map(); }
  get length() { return this.map.size; }
  key(at) { return [...this.map.keys()][at]; }
  getItem(name) { return this.map.get(name) ?? null; }
  setItem(name, text) { this.map.set(name, String(text)); }
  removeItem(name) { this.map.delete(name); }
}

/* A server with the rules of the real one: numbers without gaps, every id once. */
class Server {
  constructor() {
    Object.assign(this, { log: [], down: false, lost: 0, requests: [], ahead: 0, over: false });
  }
  async fetch(address, { method, body, headers }) {
    this.requests.push(address);
    if (this.down) throw new Error("no connection");
    const t1 = Date.now() + this.ahead;
    const told = this.answer(address, method, body ? JSON.parse(body) : null, headers["X-Tapal-Peserta"]);
    if (method === "POST" && this.lost > 0) {
      this.lost -= 1;
      throw new Error("the answer is lost");
    }
    return { status: told.status ?? 200, json: () => Promise.resolve({ ...told, t1, t2: t1 }) };
  }
  answer(address, method, sent) {
    if (address.endsWith("/ikut")) return {};
    if (method === "POST") {
      if (this.over) return { status: 410, reason: "over" };
      const told = {};
      for (const one of sent.presses) {
        if (!this.log.some((line) => line.id === one.id)) {
          this.log.push({ ...one, number: this.log.length + 1, who: 1, name: "Pos", side: "a", at: one.ms + one.offset, received: Date.now(), basis: "ponsel" });
        }
        told[one.id] = "";
      }
      return { presses: told };
    }
    const since = Number(/sejak=(\d+)/.exec(address)?.[1] ?? 0);
    return {
      ends: 9e15, last: this.log.length, people: 2, me: 1, name: "Pos", room: false, log: this.log.filter((line) => line.number > since), opened: 0,
      title: "Latihan", sides: [{ id: "a", name: "Kota A" }], places: [{ number: 1, name: "Sini", side: "a" }, { number: 2, name: "Sana", side: "a" }],
      posts: [{ id: "p1", side: "a", name: "Pos Satu" }],
    };
  }
}

function world(server = new Server(), storage = new Store(), own = new Store()) {
  const { document, window } = browser({ latihan: "" });
  Object.assign(globalThis, { document, window, fetch: (...given) => server.fetch(...given), setTimeout: () => 0, clearTimeout: () => {} });
  const home = document.getElementById("latihan");
  home.dataset.code = "ABCD2345";
  home.dataset.language = "id";
  return { server, storage, own, home, phone: new Phone(home, WORDS, storage, own) };
}

async function joined(given = world()) {
  await given.phone.start();
  given.home.querySelector("select").value = "p a p1";
  given.home.querySelector("form").dispatch("submit", {});
  await rest(given.phone);
  return given;
}

/* Until everything that was begun has come to its end. */
async function rest() {
  for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
}

test("a press is in everybody's log once it was sent", async () => {
  const { phone, server, home } = await joined();
  phone.press("panggilan");
  await rest();
  assert.deepEqual(server.log.map((line) => [line.kind, line.incident]), [["panggilan", 1]]);
  assert.equal(home.dataset.waiting, "0");
  assert.match(home.textContent, /panggilan\|Pos\|1/);
});

test("what is pressed without a connection waits, with its own time, and survives a reload", async () => {
  const given = await joined();
  const { phone, server, storage, own } = given;
  server.down = true;
  const before = Date.now();
  phone.press("berangkat");
  phone.press("tiba");
  await rest();
  assert.equal(given.home.dataset.waiting, "2");
  assert.match(given.home.textContent, /no_line/);
  assert.equal(server.log.length, 0);
  server.down = false;
  const again = world(server, storage, own);
  await again.phone.start();
  await rest();
  assert.deepEqual(server.log.map((line) => line.kind), ["berangkat", "tiba"], "in the order in which they were pressed");
  assert.ok(server.log[0].ms >= before && server.log[0].ms <= Date.now());
  assert.equal(again.home.dataset.waiting, "0");
});

test("an answer that is lost doubles nothing", async () => {
  const { phone, server } = await joined();
  server.lost = 2;
  phone.press("panggilan");
  await rest();
  assert.equal(server.log.length, 1, "it arrived");
  for (let turn = 0; turn < 3; turn += 1) {
    await phone.tick();
    await rest();
  }
  assert.equal(server.log.length, 1);
  assert.equal(phone.shelf.waiting(phone.me.key).length, 0);
});

test("joining sends the same key again when its answer is lost", async () => {
  const given = world();
  given.server.lost = 1;
  const keys = [];
  const answer = given.server.answer.bind(given.server);
  given.server.answer = (address, method, sent, key) => {
    if (address.endsWith("/ikut")) keys.push(sent.key);
    return answer(address, method, sent, key);
  };
  await joined(given);
  given.home.querySelector("form").dispatch("submit", {});
  await rest();
  assert.equal(keys.length, 2);
  assert.equal(keys[0], keys[1]);
  assert.match(keys[0], /^[0-9a-f]{48}$/);
});

test("a mistake is cancelled after a second tap, and the button is free again", async () => {
  const { phone, server, home } = await joined();
  phone.press("tiba");
  await rest();
  const undo = () => home.querySelector(".dr-undo");
  undo().click();
  await rest();
  assert.equal(server.log.length, 1, "one tap asks");
  undo().click();
  await rest();
  assert.deepEqual(server.log.map((line) => line.kind), ["tiba", "batal"]);
  assert.equal(server.log[1].cancels, server.log[0].id);
  assert.equal(home.querySelectorAll("button").find((one) => one.dataset.kind === "tiba").disabled, false);
  assert.match(home.textContent, /is_cancelled/);
});

test("a button is not made anew while nothing changes: a tap would be lost", async () => {
  const { phone, home } = await joined();
  const before = home.querySelector(".dr-press");
  await phone.tick();
  await rest();
  assert.equal(home.querySelector(".dr-press"), before);
});

test("buttons are those of the chosen place", async () => {
  const { phone, server, home } = await joined();
  phone.press("panggilan");
  await rest();
  assert.equal(home.querySelector(".dr-press").disabled, true);
  home.querySelectorAll(".dr-place")[1].click();
  assert.equal(home.querySelector(".dr-press").disabled, false);
  home.querySelector(".dr-press").click();
  await rest();
  assert.deepEqual(server.log.map((line) => line.incident), [1, 2]);
});

test("after the end the phone says so and keeps what it could not send", async () => {
  const { phone, server, home } = await joined();
  server.over = true;
  phone.press("tiba");
  await rest();
  assert.match(home.textContent, /reason_over/);
  assert.equal(phone.shelf.waiting(phone.me.key).length, 1);
});

test("hostile names stay text", async () => {
  const { phone, server, home } = await joined();
  phone.press("tiba");
  await rest();
  server.log.push({ ...server.log[0], number: 2, id: "x".repeat(32), name: "<img src=x onerror=alert(1)>", side: "<b>" });
  await phone.tick();
  await rest();
  assert.match(home.textContent, /<img src=x onerror=alert\(1\)>/);
  assert.equal(home.querySelectorAll("img").length, 0);
});

test("two tabs of one phone keep each other's presses", () => {
  const storage = new Store();
  const [one, other] = [new Shelf("A", storage), new Shelf("A", storage)];
  one.put("tekan-k-1", { order: 1 });
  other.put("tekan-k-2", { order: 2 });
  assert.equal(one.waiting("k").length, 2);
  other.drop("tekan-k-1");
  storage.setItem("tapal-latihan-A-tekan-k-3", "{broken");
  assert.deepEqual(new Shelf("A", storage).waiting("k"), [{ order: 2 }]);
});

test("without storage a press lives as long as the page", () => {
  const forbidden = { get length() { throw new Error("no"); }, setItem() { throw new Error("full"); }, removeItem() { throw new Error("no"); } };
  const shelf = new Shelf("A", forbidden);
  shelf.put("tekan-k-1", { order: 1 });
  assert.equal(shelf.waiting("k").length, 1);
  shelf.drop("tekan-k-1");
  assert.equal(shelf.waiting("k").length, 0);
});

test("of many round trips the shortest tells the offset, and half of it how exact it is", () => {
  const clock = new Clock();
  const now = Date.now();
  // The server is 60 s ahead; the way there and back takes 400, 20 and 3000 ms.
  for (const trip of [400, 20, 3000]) clock.note(now - trip, now - trip / 2 + 60000, now - trip / 2 + 60005, now + 5);
  assert.deepEqual(clock.best(), { offset: 60000, uncertainty: 11 });
  clock.note(now - 10, now, now - 50, now);
  clock.note(now + 10, now, now, now);
  clock.note(now - 60000, now, now, now);
  assert.equal(clock.best().uncertainty, 11, "impossible and endless round trips are not taken");
});

test("an uneven way is within what is said of its exactness", () => {
  for (const [there, back] of [[5, 200], [200, 5], [0, 90], [40, 40]]) {
    const clock = new Clock();
    const now = Date.now();
    clock.note(now - there - back, now - back + 7000, now - back + 7000, now);
    const { offset, uncertainty } = clock.best();
    assert.ok(Math.abs(offset - 7000) <= uncertainty, `${there} ${back}: ${offset} ± ${uncertainty}`);
  }
});

test("when somebody sets the clock, earlier measures are dropped", () => {
  const clock = new Clock();
  const real = Date.now;
  const now = Date.now();
  clock.note(now - 10, now, now, now);
  assert.notEqual(clock.best().offset, null);
  try {
    Date.now = () => real() - 16 * 365 * 86400 * 1000;
    assert.deepEqual(clock.best(), { offset: null, uncertainty: null });
    const then = Date.now();
    clock.note(then - 10, real(), real(), then);
    assert.ok(clock.best().offset > 15 * 365 * 86400 * 1000);
  } finally {
    Date.now = real;
  }
});

test("moments read in the office's time", () => {
  assert.equal(timeOf(Date.UTC(2026, 10, 29, 2, 5, 30)), "09:05:30");
  assert.equal(timeOf(8.64e15 + 1), "–");
});
