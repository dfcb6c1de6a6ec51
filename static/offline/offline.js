/* The offline map: everything it shows stands in this file. Every text is set with textContent; numbers come finished. */
(() => {
  "use strict";

  const data = JSON.parse(document.getElementById("data").textContent);
  const words = data.words;
  const byId = (id) => document.getElementById(id);
  const NONE = -1;

  function element(tag, text, name) {
    const made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    if (name) made.className = name;
    return made;
  }

  function svg(tag, attributes) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  /* Grey on white for what is unknown; leaning the other way on the colour of a class for what may meet a standard or miss it. */
  function hatch(id, ground) {
    const pattern = svg("pattern", { id, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${ground ? -45 : 45})` });
    const line = { x1: 0, y1: 0, x2: 0, y2: 7, stroke: ground ? "#1c242699" : "#7a838a", "stroke-width": ground ? 1.8 : 2.4 };
    pattern.append(svg("rect", { width: 7, height: 7, fill: ground || "#ffffff" }), svg("line", line));
    return pattern;
  }

  /* Whole numbers of 0.00001 degrees, each after the first as the step from the one before. */
  function line(text) {
    const numbers = text.split(" ").map(Number);
    const points = [];
    let x = 0;
    let y = 0;
    for (let i = 0; i < numbers.length; i += 2) {
      x += numbers[i];
      y += numbers[i + 1];
      points.push([y / 1e5, x / 1e5]);
    }
    return points;
  }

  const polygon = (text) => text.split("|").map((part) => part.split(";").map(line));

  /* ---- map ---- */

  const map = L.map("map", { attributionControl: false, zoomControl: false, zoomSnap: 0.25, renderer: L.svg({ padding: 0.6 }) });
  L.control.zoom({ zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  map.getPane("tooltipPane").style.pointerEvents = "none";

  const layers = {};
  const levels = data.levels;
  for (const [level, units] of Object.entries(levels)) {
    layers[level] = units.shapes.map((shape, at) => {
      const layer = L.polygon(polygon(shape), { weight: 0.6, color: "#ffffff", className: "unit", bubblingMouseEvents: false });
      layer.bindTooltip(() => tip(level, at), { sticky: true });
      layer.on("click", () => choose(level, at));
      return layer;
    });
  }
  const outlines = data.sides.flatMap((side) => side.outline.map((part) => L.polyline(line(part), { color: side.color, weight: 2, interactive: false })));
  const borders = data.lines.flatMap((part) => [
    L.polyline(line(part), { color: "#ffffff", weight: 6, interactive: false }),
    L.polyline(line(part), { color: "#14171b", weight: 3, interactive: false }),
  ]);
  const shown = L.featureGroup().addTo(map);
  const above = L.featureGroup([...outlines, ...borders]).addTo(map);
  map.fitBounds(above.getBounds().pad(0.03));
  map.createPane("pick").style.zIndex = 450;
  map.getPane("pick").style.pointerEvents = "none";
  let ring = null;
  const holder = document.querySelector("#map .leaflet-overlay-pane svg");
  const defs = svg("defs", {});
  holder.prepend(defs);

  /* ---- state ---- */

  let current = data.indicators[0];
  let chosen = null;
  let sorting = { column: "name", up: true };

  const valueOf = (indicator, at) => indicator.text[at] ?? words.no_data;
  const placeOf = (level, at) => {
    const units = levels[level];
    return [units.names[at], units.kecamatan[at], data.sides[units.side[at]].name].filter((text, i) => text && (i !== 1 || level === "kelurahan")).join(", ");
  };

  /* Whether a unit is what was typed into the search. */
  function matches(at) {
    const wanted = byId("search").value.trim().toLocaleLowerCase(data.language);
    return placeOf(current.level, at).toLocaleLowerCase(data.language).includes(wanted);
  }

  function tip(level, at) {
    const box = element("div");
    box.append(element("strong", placeOf(level, at)), element("br"), element("span", `${current.title}: ${valueOf(current, at)}`));
    return box;
  }

  /* ---- drawing ---- */

  function paint() {
    const units = layers[current.level];
    shown.clearLayers();
    defs.replaceChildren(hatch("hatch"), ...current.colors.map((color, i) => hatch(`uncertain-${i}`, color)));
    units.forEach((layer, at) => {
      const position = current.classes[at];
      const none = position === NONE;
      const color = current.uncertain[at] ? `url(#uncertain-${position})` : current.colors[position];
      layer.setStyle({ fillColor: none ? "url(#hatch)" : color, color: none ? "#8d949b" : "#ffffff" });
      shown.addLayer(layer);
    });
    above.bringToFront();
    byId("answer").textContent = current.answer;
    byId("about").textContent = current.about;
    byId("note").textContent = current.note;
    legend();
    table();
    if (chosen && chosen.level === current.level) choose(chosen.level, chosen.at, true);
    else clearCard();
  }

  function swatch({ color, uncertain }) {
    const box = element("span", undefined, "swatch");
    if (color) box.style.background = color;
    else {
      const picture = svg("svg", { viewBox: "0 0 28 14", role: "img", "aria-label": words.hatched });
      const own = svg("defs", {});
      const id = uncertain ? "uncertain-legend" : "hatch-legend";
      own.append(hatch(id, uncertain && "transparent"));
      picture.append(own, svg("rect", { width: 28, height: 14, fill: `url(#${id})` }));
      box.append(picture);
    }
    return box;
  }

  function stroke(color, width) {
    const picture = svg("svg", { viewBox: "0 0 26 10", width: 26, height: 10, "aria-hidden": "true" });
    picture.append(svg("line", { x1: 1, y1: 5, x2: 25, y2: 5, stroke: color, "stroke-width": width }));
    return picture;
  }

  function legend() {
    const box = byId("legend");
    const grid = element("table");
    grid.append(element("caption", words.legend, "faint"));
    const head = element("tr");
    head.append(element("th", words.color), element("th", words.class));
    data.sides.forEach((side) => head.append(element("th", `${side.name}: ${words.units}`, "number")));
    const top = element("thead");
    top.append(head);
    const body = element("tbody");
    current.legend.forEach((entry) => {
      const row = element("tr");
      const cell = element("td");
      cell.append(swatch(entry));
      row.append(cell, element("td", entry.label));
      entry.counts.forEach((count) => row.append(element("td", count, "number")));
      body.append(row);
    });
    grid.append(top, body);
    const sides = element("p", undefined, "sides");
    data.sides.forEach((side) => sides.append(stroke(side.color, 3), element("span", side.name)));
    sides.append(stroke("#14171b", 4), element("span", words.border));
    box.replaceChildren(sides, grid);
  }

  const columns = () => [
    { id: "name", title: words.name, of: (at) => levels[current.level].names[at] },
    ...(current.level === "kelurahan" ? [{ id: "kecamatan", title: words.kecamatan, of: (at) => levels[current.level].kecamatan[at] }] : []),
    { id: "side", title: words.side, of: (at) => data.sides[levels[current.level].side[at]].name },
    { id: "line", title: words.line, of: (at) => (levels[current.level].line[at] ? words.yes : words.no) },
    { id: "value", title: `${current.title} (${current.unit})`, of: (at) => valueOf(current, at), by: (at) => current.raw[at], number: true },
    { id: "year", title: words.year, of: (at) => current.years[at] ?? "", by: (at) => Number(current.years[at] ?? NaN), number: true },
    { id: "quality", title: words.quality, of: (at) => (current.quality[at] === null ? "" : data.qualities[current.quality[at]]) },
  ];

  function order(all) {
    const column = all.find((c) => c.id === sorting.column) ?? all[0];
    const unknown = (value) => value === null || value === undefined || Number.isNaN(value);
    const rows = [...levels[current.level].names.keys()];
    const turn = sorting.up ? 1 : -1;
    return rows.sort((a, b) => {
      if (!column.by) return turn * String(column.of(a)).localeCompare(String(column.of(b)), data.language);
      const [x, y] = [column.by(a), column.by(b)];
      if (unknown(x) || unknown(y)) return unknown(x) - unknown(y);
      return turn * (x - y);
    });
  }

  function table() {
    const all = columns();
    const head = element("tr");
    all.forEach((column) => {
      const cell = element("th", undefined, column.number ? "number" : "");
      const own = sorting.column === column.id;
      cell.setAttribute("aria-sort", own ? (sorting.up ? "ascending" : "descending") : "none");
      const button = element("button", column.title + (own ? (sorting.up ? " ▲" : " ▼") : ""));
      button.type = "button";
      button.addEventListener("click", () => {
        sorting = { column: column.id, up: own ? !sorting.up : true };
        table();
      });
      cell.append(button);
      head.append(cell);
    });
    const body = element("tbody");
    const rows = order(all).filter(matches);
    rows.forEach((at) => {
      const row = element("tr", undefined, chosen && chosen.level === current.level && chosen.at === at ? "pick chosen" : "pick");
      row.tabIndex = 0;
      row.addEventListener("click", () => choose(current.level, at));
      row.addEventListener("keydown", (event) => event.key === "Enter" && choose(current.level, at));
      all.forEach((column) => row.append(element("td", String(column.of(at)), column.number ? "number" : "")));
      body.append(row);
    });
    const top = element("thead");
    top.append(head);
    byId("table").replaceChildren(top, body);
    byId("count").textContent = words.rows.replace("{n}", rows.length.toLocaleString(data.language));
  }

  /* ---- one unit ---- */

  function clearCard() {
    chosen = null;
    if (ring) ring.remove();
    byId("card").replaceChildren(element("h2", words.pick), element("p", words.pick_more));
  }

  function choose(level, at, still) {
    chosen = { level, at };
    if (ring) ring.remove();
    ring = L.polyline(layers[level][at].getLatLngs().flat(), { pane: "pick", color: "#111418", weight: 3.5, interactive: false }).addTo(map);
    if (!still) map.panInside(layers[level][at].getBounds().getCenter(), { padding: [60, 60] });
    const card = byId("card");
    const value = element("p", valueOf(current, at), "big");
    card.replaceChildren(element("h2", placeOf(level, at)));
    if (levels[level].marked[at]) card.append(element("p", words.marked, "faint"));
    card.append(element("p", current.title), value);
    if (current.ranges[at]) card.append(element("p", current.ranges[at]));
    current.standards.forEach((text) => card.append(element("p", text, "faint")));
    const origin = current.origin[at];
    if (origin !== null) card.append(element("p", data.origins[origin], "faint"));
    const remark = current.notes[at];
    if (remark !== null) card.append(element("p", data.remarks[remark], "faint"));
    const list = element("dl");
    data.indicators.filter((i) => i.level === level && i !== current).forEach((indicator) => {
      const known = indicator.text[at] !== null;
      const year = known ? ` (${indicator.years[at]})` : "";
      list.append(element("dt", indicator.title), element("dd", valueOf(indicator, at) + year, known ? "" : "none"));
    });
    card.append(list);
    byId("table").querySelectorAll("tr.chosen").forEach((row) => row.classList.remove("chosen"));
    if (!still) table();
  }

  /* ---- controls ---- */

  const select = byId("indicator");
  data.indicators.forEach((indicator, at) => select.append(new Option(indicator.title, String(at))));
  select.addEventListener("change", () => {
    current = data.indicators[Number(select.value)];
    paint();
  });

  const search = byId("search");
  const results = byId("results");
  search.addEventListener("input", () => {
    const found = search.value.trim() ? [...levels[current.level].names.keys()].filter(matches) : [];
    results.replaceChildren(
      ...found.slice(0, 12).map((at) => {
        const button = element("button", placeOf(current.level, at));
        button.type = "button";
        button.addEventListener("click", () => pickResult(at));
        return button;
      }),
    );
    table();
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && results.firstChild) results.firstChild.click();
    if (event.key === "Escape") results.replaceChildren();
  });
  function pickResult(at) {
    results.replaceChildren();
    search.value = levels[current.level].names[at];
    map.fitBounds(layers[current.level][at].getBounds().pad(2));
    choose(current.level, at);
  }

  paint();
  document.body.dataset.ready = "true";
})();
