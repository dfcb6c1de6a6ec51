"use strict";
/* As much of a browser's document as the scripts in static/ use: elements with attributes, classes, children and events. */

class Style {
  setProperty(name, value) {
    this[name] = value;
  }
}

class Node {
  constructor(tag, document) {
    this.tagName = tag.toUpperCase();
    this.document = document;
    this.attributes = new Map();
    this.childNodes = [];
    this.parentElement = null;
    this.style = new Style();
    this.dataset = {};
    this.listeners = {};
    this.hidden = false;
    this.inert = false;
    this.value = "";
    this.className = "";
    this.room = { width: 1024, height: 768 };
    const names = () => this.className.split(/\s+/).filter(Boolean);
    this.classList = {
      contains: (name) => names().includes(name),
      add: (name) => (this.className = [...new Set([...names(), name])].join(" ")),
      remove: (name) => (this.className = names().filter((other) => other !== name).join(" ")),
      toggle: (name, on = !names().includes(name)) => (on ? this.classList.add(name) : this.classList.remove(name)),
    };
  }

  get children() {
    return this.childNodes.filter((child) => child instanceof Node);
  }

  get childElementCount() {
    return this.children.length;
  }

  get parentNode() {
    return this.parentElement;
  }

  get firstChild() {
    return this.childNodes[0] ?? null;
  }

  get isConnected() {
    return this === this.document.documentElement || Boolean(this.parentElement?.isConnected);
  }

  get textContent() {
    return this.childNodes.map((child) => (child instanceof Node ? child.textContent : child)).join("");
  }

  set textContent(text) {
    this.replaceChildren(String(text));
  }

  append(...nodes) {
    for (const node of nodes) {
      if (node instanceof Node) {
        node.remove();
        node.parentElement = this;
      }
      this.childNodes.push(node);
    }
  }

  prepend(node) {
    this.append(node);
    this.childNodes.unshift(this.childNodes.pop());
  }

  replaceChildren(...nodes) {
    for (const child of this.children) child.parentElement = null;
    this.childNodes = [];
    this.append(...nodes);
  }

  remove() {
    if (!this.parentElement) return;
    const around = this.parentElement.childNodes;
    around.splice(around.indexOf(this), 1);
    this.parentElement = null;
  }

  replaceWith(other) {
    if (!this.parentElement) return;
    const { parentElement } = this;
    const around = parentElement.childNodes;
    other.remove();
    around.splice(around.indexOf(this), 1, other);
    other.parentElement = parentElement;
    this.parentElement = null;
  }

  contains(other) {
    return this === other || this.children.some((child) => child.contains(other));
  }

  setAttribute(name, value) {
    this.attributes.set(name, String(value));
  }

  getAttribute(name) {
    return this.attributes.get(name) ?? null;
  }

  hasAttribute(name) {
    return this.attributes.has(name);
  }

  removeAttribute(name) {
    this.attributes.delete(name);
  }

  focus() {
    this.document.activeElement = this;
  }

  click() {
    this.onclick?.();
    this.dispatch("click", {});
  }

  getBoundingClientRect() {
    return this.room;
  }

  addEventListener(kind, act) {
    (this.listeners[kind] ??= []).push(act);
  }

  dispatch(kind, event) {
    for (const act of this.listeners[kind] ?? []) act({ target: this, stopPropagation() {}, preventDefault() {}, ...event });
  }

  /* Every element below that a selector of one step names: tag, .class, #id or [attribute]. */
  querySelectorAll(selector) {
    const [, tag, mark, name] = /^(\w*)(?:([.#[])([\w-]+)\]?)?$/.exec(selector.trim().split(/\s+/).at(-1));
    const fits = (node) =>
      (!tag || node.tagName === tag.toUpperCase()) &&
      (!mark || (mark === "." ? node.classList.contains(name) : mark === "#" ? node.id === name : node.hasAttribute(name)));
    return this.children.flatMap((child) => [...(fits(child) ? [child] : []), ...child.querySelectorAll(selector)]);
  }

  querySelector(selector) {
    return this.querySelectorAll(selector)[0] ?? null;
  }

  closest(selector) {
    return this.document.querySelectorAll(selector).includes(this) ? this : (this.parentElement?.closest(selector) ?? null);
  }
}

/* A fresh document and window; `ids` are elements that stand in its body from the beginning. */
function browser(ids = {}) {
  const document = { adoptedStyleSheets: [], fullscreenElement: null };
  document.createElement = (tag) => new Node(tag, document);
  document.createElementNS = (_, tag) => new Node(tag, document);
  document.documentElement = document.createElement("html");
  document.body = document.createElement("body");
  document.activeElement = document.body;
  document.documentElement.append(document.body);
  document.querySelectorAll = (selector) => document.documentElement.querySelectorAll(selector);
  document.querySelector = (selector) => document.querySelectorAll(selector)[0] ?? null;
  document.getElementById = (id) => document.querySelector(`#${id}`);
  for (const [id, text] of Object.entries(ids)) {
    const node = document.createElement("div");
    node.id = id;
    node.textContent = text;
    document.body.append(node);
  }
  const listeners = {};
  const window = {
    addEventListener: (kind, act) => (listeners[kind] ??= []).push(act),
    removeEventListener: (kind, act) => (listeners[kind] = (listeners[kind] ?? []).filter((other) => other !== act)),
    listeners,
    open: () => null,
  };
  return { document, window, Element: Node };
}

/* Answers every call and every name with itself: Leaflet, where a test does not ask what it draws. */
const anything = () => {
  const self = new Proxy(function () {}, {
    get: (_, name) => (name === Symbol.toPrimitive ? () => 0 : name === Symbol.iterator ? function* () {} : self),
    apply: () => self,
    construct: () => self,
    set: () => true,
  });
  return self;
};

module.exports = { Node, anything, browser };
