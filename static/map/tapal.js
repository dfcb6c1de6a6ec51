/* The map's behaviour in the browser, inside the frame of streamlit-folium.
 *
 * tapal.open(id)     makes the frame, once; returns the Leaflet map that streamlit-folium wants to know.
 * tapal.show(text)   brings the map into the state that the packed JSON describes (see `_picture` in views/screen/map_packing.py).
 *
 * Geometry comes by URL and is kept; a state carries classes and labels only. Every text is set with textContent. The server hears
 * of nothing but a click on a unit or, while placing, of the place clicked.
 */
(() => {
  "use strict";

  const script = document.currentScript;
  const root = new URL("../", script.src);
  const version = root && new URL(script.src).search;
  const files = new Map();

  /* ---- files ---- */

  function fetchFile(path) {
    let file = files.get(path);
    if (!file) {
      file = { data: null };
      file.promise = fetch(new URL(path, root))
        .then((reply) => (reply.ok ? reply.json() : Promise.reject(new Error(`${path}: ${reply.status}`))))
        .then((data) => (file.data = data.arcs ? opened(data) : data));
      file.promise.catch(() => files.delete(path));
      files.set(path, file);
    }
    return file;
  }

  /* TopoJSON (geo/topology.py): features, and what their arcs tell: the mesh between kecamatan, and the outline of all. */
  function opened({ arcs, transform, objects, labels }) {
    const [east, north] = transform.scale;
    const lines = arcs.map((steps) => {
      let [x, y] = [0, 0];
      return steps.map((step) => [(x += step[0]) * east, (y += step[1]) * north]);
    });
    const users = lines.map(() => []);
    const line = (indexes, kode) => indexes.flatMap((index, i) => {
      const at = index < 0 ? ~index : index;
      users[at].push(kode.slice(0, 8));
      const points = index < 0 ? lines[at].toReversed() : lines[at];
      return i ? points.slice(1) : points;
    });
    const shape = (part, kode) => (typeof part[0] === "number" ? line(part, kode) : part.map((each) => shape(each, kode)));
    const features = objects.units.geometries.map(({ type, id, properties, arcs: part }) => ({
      id, properties, geometry: { type, coordinates: shape(part, id) },
    }));
    const among = (wanted) => ({ geometry: { type: "MultiLineString", coordinates: lines.filter((_, at) => wanted(users[at])) } });
    return { features, labels, outline: among((by) => by.length === 1), mesh: among(([one, other]) => other && one !== other) };
  }

  /* Calls `done` when all files are there: at once if they are, so that a restyle takes no detour. Returns whether it has to wait. */
  function when(wanted, done, failed) {
    const missing = wanted.filter((file) => !file.data);
    if (missing.length) Promise.all(missing.map((file) => file.promise)).then(done, failed);
    else done();
    return missing.length > 0;
  }

  const fileData = (path) => files.get(path).data;

  function addStyles(path) {
    return new Promise((done) => {
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = new URL(path, root) + version;
      link.onload = link.onerror = done;
      document.body.append(link);
    });
  }

  const styles = { data: null };
  styles.promise = Promise.all(["vendor/leaflet/leaflet.css", "map/tapal.css"].map(addStyles)).then(() => (styles.data = true));
  const early = decodeURIComponent(new URL(script.src).hash.slice(1));
  if (early) early.split(",").forEach(fetchFile);

  /* ---- small helpers ---- */

  function element(tag, name, text) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function svgElement(tag, attributes) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  }

  /* Hatching: a ground that takes its colour from the style sheet or is given one, and lines that lean to the right or to the left. */
  function hatch(id, ground, line, gap, color) {
    const pattern = svgElement("pattern", { id, width: gap, height: gap, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${color ? -45 : 45})` });
    if (ground) pattern.append(svgElement("rect", { class: ground, width: gap, height: gap, ...(color && { fill: color }) }));
    pattern.append(svgElement("line", { class: line, x1: 0, y1: 0, x2: 0, y2: gap, "stroke-width": color ? 1.6 : 2 }));
    return pattern;
  }

  /* ---- geometry: projected once, then scaled for each zoom ----
   *
   * Leaflet keeps an object per vertex and simplifies each polygon by itself, which is slow and tears neighbours apart. Here a feature is
   * a few arrays of numbers in Mercator units (0 to 1); on the screen its vertices snap to whole pixels, so shared edges stay shared.
   */

  function project(line) {
    const flat = new Float64Array(line.length * 2);
    for (let i = 0; i < line.length; i += 1) {
      flat[2 * i] = line[i][0] / 360 + 0.5;
      flat[2 * i + 1] = 0.5 - Math.log(Math.tan(Math.PI / 4 + (line[i][1] * Math.PI) / 360)) / (2 * Math.PI);
    }
    return flat;
  }

  /* Parts and extent of a feature: rings of (multi)polygons, or lines. */
  function world(feature) {
    if (feature.world) return feature.world;
    const { type, coordinates } = feature.geometry;
    const lines = type === "MultiPolygon" ? coordinates.flat() : type === "LineString" ? [coordinates] : coordinates;
    const parts = lines.map(project);
    const box = [1, 1, 0, 0];
    for (const part of parts) {
      for (let i = 0; i < part.length; i += 2) {
        if (part[i] < box[0]) box[0] = part[i];
        if (part[i] > box[2]) box[2] = part[i];
        if (part[i + 1] < box[1]) box[1] = part[i + 1];
        if (part[i + 1] > box[3]) box[3] = part[i + 1];
      }
    }
    feature.world = { parts, box };
    return feature.world;
  }

  function joined(features) {
    const worlds = features.map(world);
    const corner = (i, pick) => pick(...worlds.map(({ box }) => box[i]));
    return {
      parts: worlds.flatMap(({ parts }) => parts),
      box: [corner(0, Math.min), corner(1, Math.min), corner(2, Math.max), corner(3, Math.max)],
    };
  }

  /* Where the outline crosses a parallel. */
  function cross(parts, y) {
    const found = [];
    for (const part of parts) {
      for (let i = 3; i < part.length; i += 2) {
        if (part[i - 2] > y !== part[i] > y) found.push(part[i - 3] + ((y - part[i - 2]) / (part[i] - part[i - 2])) * (part[i - 1] - part[i - 3]));
      }
    }
    return found;
  }

  const lonLat = (x, y) => [(x - 0.5) * 360, (Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) * 360) / Math.PI - 90];

  function bounds({ box }) {
    const [west, north] = lonLat(box[0], box[1]);
    const [east, south] = lonLat(box[2], box[3]);
    return L.latLngBounds([south, west], [north, east]);
  }

  /* SVG path of parts at a scale, in steps of whole pixels. With a window to clip to, vertices that all lie beyond the same edge of it
   * are skipped but for the ends of the row. */
  function trace(parts, scale, origin, clip, close) {
    let path = "";
    for (const part of parts) {
      const beyond = (i) => {
        if (!clip || i >= part.length) return 0;
        const x = part[i] * scale - origin.x;
        const y = part[i + 1] * scale - origin.y;
        return (x < clip.min.x ? 1 : x > clip.max.x ? 2 : 0) | (y < clip.min.y ? 4 : y > clip.max.y ? 8 : 0);
      };
      let x = Math.round(part[0] * scale - origin.x);
      let y = Math.round(part[1] * scale - origin.y);
      let shared = beyond(0);
      let here = 0;
      let next = beyond(2);
      path += `M${x} ${y}l`;
      for (let i = 2; i < part.length; i += 2) {
        if (clip) {
          here = next;
          next = beyond(i + 2);
          if (shared & here & next) {
            shared &= here;
            continue;
          }
          shared = here;
        }
        const toX = Math.round(part[i] * scale - origin.x);
        const toY = Math.round(part[i + 1] * scale - origin.y);
        if (toX === x && toY === y) continue;
        path += `${toX - x} ${toY - y} `;
        x = toX;
        y = toY;
      }
      // An islet smaller than a pixel still gets a step, since a path must not end in a bare letter.
      path += close ? "0 0z" : "0 0";
    }
    return path;
  }

  const HATCH = "url(#tp-hatch)";

  function fill(unit, color) {
    unit.options.fillColor = color;
    unit._path.setAttribute("fill", color);
    unit._path.classList.toggle("tp-none", color === HATCH);
  }

  /* Leaflet's classes, extended when it is there: the drawing, the outline of land or a line, and the sign of a facility. */
  function leafletKinds() {
    const onLevel = {
      onAdd() {
        L.Path.prototype.onAdd.call(this);
        this.options.level.append(this._path);
      },
    };
    const Paper = L.SVG.extend({
      level() {
        const group = svgElement("g", {});
        this._rootGroup.append(group);
        return group;
      },
      // The many units take their stroke from the style sheet: nine attributes less for each.
      _updateStyle(layer) {
        if (layer.options.onlyFill) fill(layer, layer.options.fillColor);
        else L.SVG.prototype._updateStyle.call(this, layer);
      },
    });
    const Shape = L.Path.extend({
      ...onLevel,
      initialize(land, options) {
        this.land = land;
        L.setOptions(this, options);
      },
      getBounds() {
        return bounds(this.land);
      },
      _project() {
        this._scale = 256 * 2 ** this._map.getZoom();
        this._origin = this._map.getPixelOrigin();
        const [left, top, right, bottom] = this.land.box.map((at, i) => at * this._scale - (i % 2 ? this._origin.y : this._origin.x));
        this._pxBounds = L.bounds([left, top], [right, bottom]);
        this._whole = false;
      },
      _update() {
        if (!this._map || this._whole) return;
        const clip = this._renderer._bounds;
        const seen = clip.intersects(this._pxBounds);
        this._whole = clip.contains(this._pxBounds);
        const path = () => trace(this.land.parts, this._scale, this._origin, this._whole ? null : clip, !this.options.open);
        this._renderer._setPath(this, seen ? path() : "M0 0");
      },
      _empty: () => false,
    });
    const Sign = L.CircleMarker.extend({
      ...onLevel,
      _updatePath() {
        const draw = SHAPES[this.options.shape] || SHAPES.circle;
        const at = [this._point.x, this._point.y, this._radius];
        this._renderer._setPath(this, this._empty() ? "" : draw(...at) + (this.options.struck ? strike(...at) : ""));
      },
    });
    return { Paper, Shape, Sign };
  }

  const kabkotaOf = (kode) => kode.slice(0, 5);

  /* ---- signs: facilities are told apart by shape ---- */

  const ring = (points) => (x, y, r) => "M" + points.map(([dx, dy]) => `${x + dx * r},${y + dy * r}`).join("L") + "z";
  const regular = (count, inner) => {
    const corners = [];
    const steps = inner ? count * 2 : count;
    for (let i = 0; i < steps; i += 1) {
      const angle = (2 * Math.PI * i) / steps - Math.PI / 2;
      const length = inner && i % 2 ? inner : 1.15;
      corners.push([length * Math.cos(angle), length * Math.sin(angle)]);
    }
    return ring(corners);
  };
  const PLUS = [[-0.4, -1.1], [0.4, -1.1], [0.4, -0.4], [1.1, -0.4], [1.1, 0.4], [0.4, 0.4], [0.4, 1.1], [-0.4, 1.1], [-0.4, 0.4], [-1.1, 0.4], [-1.1, -0.4], [-0.4, -0.4]];
  const turned = PLUS.map(([x, y]) => [(x - y) * Math.SQRT1_2, (x + y) * Math.SQRT1_2]);
  const DIAMOND = [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]];
  const SHAPES = {
    circle: (x, y, r) => `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0z`,
    square: ring([[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]]),
    triangle: ring([[0, -1.15], [1.1, 0.85], [-1.1, 0.85]]),
    triangle_down: ring([[0, 1.15], [1.1, -0.85], [-1.1, -0.85]]),
    pentagon: regular(5),
    hexagon: regular(6),
    star: regular(5, 0.5),
    plus: ring(PLUS),
    cross: ring(turned),
    diamond: ring(DIAMOND),
    diamond_open: (x, y, r) => ring(DIAMOND)(x, y, r) + ring(DIAMOND.map(([dx, dy]) => [-dx * 0.5, dy * 0.5]))(x, y, r),
    bar: ring([[-1.2, -0.55], [1.2, -0.55], [1.2, 0.55], [-1.2, 0.55]]),
    pillar: ring([[-0.55, -1.2], [0.55, -1.2], [0.55, 1.2], [-0.55, 1.2]]),
    hourglass: ring([[-1, -1.1], [1, -1.1], [-1, 1.1], [1, 1.1]]),
    halo: (x, y, r) => SHAPES.circle(x, y, r * 1.9),
    aim: (x, y, r) => `M${x - 2 * r},${y}h${4 * r}M${x},${y - 2 * r}v${4 * r}`,
  };
  const strike = (x, y, r) => `M${x - 1.5 * r},${y - 1.5 * r}l${3 * r},${3 * r}M${x - 1.5 * r},${y + 1.5 * r}l${3 * r},${-3 * r}`;

  /* ---- one map; two of them when the sides stand next to each other ---- */

  class View {
    constructor(frame, box) {
      this.frame = frame;
      this.box = box;
      this.map = L.map(box, { attributionControl: false, zoomControl: false, zoomSnap: 0.25, zoomDelta: 0.5, minZoom: 7, maxZoom: 17 });
      this.map.setView([-6.3, 106.5], 9);
      // One drawing with its levels inside: each drawing of its own would be one more sheet to blend into every frame.
      this.paper = new frame.kinds.Paper({ padding: 0.2 }).addTo(this.map);
      this.levels = {};
      for (const name of ["land", "fill", "over", "line", "point", "changed"]) this.levels[name] = this.paper.level();
      this.names = this.map.createPane("tp-name");
      this.names.style.zIndex = 460;
      this.names.style.pointerEvents = "none";
      this.names.classList.add("leaflet-zoom-hide");
      this.tip = L.tooltip({ direction: "auto", offset: [12, 0], opacity: 1 });
      this.built = {};
      this.units = new Map();
      // A move before the rest of a new border has come waits for it: drawRest names the places.
      this.map.on("moveend resize", () => this.labelled === this.wanted && this.drawNames());
      this.map.on("zoomend", () => this.resizeSigns());
      this.map.on("click", (event) => frame.place(this, event.latlng));
      guard(this);
      aim(this);
    }

    /* Layers are rebuilt only when what they depend on has changed. */
    rebuild(name, wanted, build) {
      const now = this.built[name];
      if (now && now.wanted === wanted) return;
      if (now && now.layer) now.layer.remove();
      const layer = build();
      if (layer) layer.addTo(this.map);
      this.built[name] = { wanted, layer };
    }

    shape(land, level, options) {
      return new this.frame.kinds.Shape(land, { interactive: false, ...options, renderer: this.paper, level: this.levels[level] });
    }

    /* One element for all that look the same. */
    outline(features, level, options) {
      const group = L.featureGroup();
      if (features.length) group.addLayer(this.shape(joined(features), level, options));
      return group;
    }

    /* Values first; what surrounds them may come a frame later. */
    draw(state, filled) {
      this.state = state;
      this.filled = filled;
      const sides = state.sides.filter(([side]) => filled.includes(side));
      this.wanted = JSON.stringify([state.level, state.sides, state.around, state.borders, filled]);
      this.rebuild("fill", state.level + sides.map(([, , path]) => path), () => this.buildUnits(sides));
      this.paint();
      this.rebuild("border", state.borders + state.sides.map(([side]) => side), () => this.buildBorder());
    }

    drawRest() {
      const { state, filled } = this;
      const kabkota = fileData(state.around).features;
      const ghosts = state.sides.map(([side]) => side).filter((side) => !filled.includes(side));
      this.rebuild("land", state.around + ghosts, () => {
        const group = L.featureGroup();
        // What only tells where a name finds room is no land.
        for (const feature of kabkota.filter(({ properties }) => !properties.room)) {
          const className = ghosts.includes(feature.id) ? "tp-land tp-ghost" : "tp-land";
          group.addLayer(this.shape(world(feature), "land", { className, weight: 1, fill: true, fillOpacity: 1 }));
        }
        return group;
      });
      this.rebuild("outline", JSON.stringify([state.sides, filled]), () => {
        const group = L.featureGroup();
        for (const [side, color, path] of state.sides) {
          if (!filled.includes(side) || state.strokes) continue;
          const { outline } = fileData(path);
          // A rim keeps the colour of a side apart from that of a class.
          group.addLayer(this.shape(world(outline), "over", { className: "tp-halo", weight: 5, opacity: 0.7, open: true }));
          group.addLayer(this.shape(world(outline), "over", { color, weight: 3, opacity: 1, open: true }));
        }
        return group;
      });
      const mesh = state.strokes ? [] : state.sides.filter(([side]) => filled.includes(side)).map(([, , path]) => path);
      this.rebuild("mesh", mesh.join(), () =>
        this.outline(mesh.map((path) => fileData(path).mesh), "over", { className: "tp-mesh", weight: 0.9, opacity: 0.75, open: true }));
      this.drawMarks();
      this.drawAreas();
      this.drawPoints();
      if (this.labelled !== this.wanted) this.drawNames();
      this.labelled = this.wanted;
    }

    buildUnits(sides) {
      this.units.clear();
      const group = L.featureGroup();
      for (const [, , path] of sides) {
        for (const feature of fileData(path).features) {
          const unit = this.state.strokes ? this.touchable(feature, group) : this.shape(world(feature), "fill", {
            interactive: true, className: "tp-unit", onlyFill: true, fillColor: this.fillOf(feature.id),
          });
          unit.feature = feature;
          this.units.set(feature.id, unit);
          group.addLayer(unit);
        }
      }
      group.on({
        add: () => this.units.forEach((unit, kode) => (unit._path.dataset.kode = kode)),
        mouseover: (event) => this.point(event),
        mousemove: (event) => this.point(event),
        mouseout: () => this.leave(),
        click: (event) => this.frame.choose(this, event.sourceTarget, event.latlng),
      });
      return group;
    }

    /* A line that is a unit itself: what is seen lies in `group`; what the pointer meets is a wider line over it. */
    touchable(feature, group) {
      const seen = this.shape(world(feature), "fill", { className: "tp-edge", open: true, ...this.strokeOf(feature.id) });
      group.addLayer(seen);
      const unit = this.shape(world(feature), "over", { interactive: true, className: "tp-touch", open: true, weight: 13, opacity: 0 });
      unit.seen = seen;
      return unit;
    }

    strokeOf(kode) {
      const value = this.state.values.get(kode);
      if (!value || value.class < 0) return { opacity: 0 };
      const [weight, dashArray] = this.state.strokes[value.class];
      return { color: this.state.colors[value.class], weight, dashArray, opacity: 1 };
    }

    fillOf(kode) {
      const value = this.state.values.get(kode);
      if (!value || value.class < 0) return HATCH;
      return this.state.uncertain.has(kode) ? `url(#tp-uncertain-${value.class})` : this.state.colors[value.class];
    }

    paint() {
      for (const [kode, unit] of this.units) {
        const color = this.fillOf(kode);
        if (unit.seen) this.paper._updateStyle(L.setOptions(unit.seen, this.strokeOf(kode)) && unit.seen);
        else if (unit.options.fillColor !== color) fill(unit, color);
        (unit.seen || unit)._path.classList.toggle("tp-far", this.state.front.size > 0 && !this.state.front.has(kode));
      }
    }

    borderFeatures(state) {
      return state.borders.flatMap((path) => fileData(path).features);
    }

    buildBorder() {
      const features = this.borderFeatures(this.state);
      const group = L.featureGroup();
      if (!features.length) return group;
      const line = joined(features);
      group.addLayer(this.shape(line, "line", { className: "tp-halo", weight: 7, opacity: 0.9, open: true }));
      group.addLayer(this.shape(line, "line", { className: "tp-line", weight: 3.5, opacity: 1, open: true }));
      return group;
    }

    drawMarks() {
      const { selected, related } = this.state;
      const features = (kodes) => kodes.map((kode) => this.units.get(kode)).filter(Boolean).map((unit) => unit.feature);
      this.rebuild("marks", JSON.stringify([selected, related, this.built.fill.wanted]), () => {
        const group = L.featureGroup();
        for (const feature of features(related)) group.addLayer(this.shape(world(feature), "over", { className: "tp-mark", weight: 2, dashArray: "4 3" }));
        const open = Boolean(this.state.strokes);
        for (const feature of features([selected])) {
          group.addLayer(this.shape(world(feature), "over", { className: "tp-halo", weight: open ? 10 : 6.5, open }));
          group.addLayer(this.shape(world(feature), "over", { className: "tp-mark", weight: open ? 6 : 3.5, open }));
        }
        return group;
      });
    }

    drawAreas() {
      const { points, areas } = this.state;
      const rows = (points ? points.rows : []).filter(([, , , area]) => area);
      const codes = (shut) => [...new Set(rows.filter(([, , change]) => (change === "tutup") === shut).map(([, , , area]) => area))];
      const [open, shut] = [codes(false), codes(true)];
      this.rebuild("areas", JSON.stringify([open, shut]), () => {
        const pool = areas.flat().flatMap((path) => fileData(path).features);
        const among = (wanted) => pool.filter(({ id }) => wanted.includes(id));
        const group = this.outline(among(open), "over", {
          className: "tp-area", weight: 1.5, dashArray: "2 4", fill: true, fillColor: "url(#tp-area)", fillOpacity: 0.55,
        });
        this.outline(among(shut.filter((area) => !open.includes(area))), "over", { className: "tp-area tp-shut", weight: 1.5, dashArray: "2 4" })
          .eachLayer((layer) => group.addLayer(layer));
        return group;
      });
    }

    drawPoints() {
      const { points } = this.state;
      this.rebuild("points", points && points.key, () => {
        const group = L.featureGroup();
        if (!points) return group;
        const { Sign } = this.frame.kinds;
        const put = (at, level, options) => group.addLayer(new Sign(at, { weight: 1, fillOpacity: 1, renderer: this.paper, level: this.levels[level], ...options, radius: this.signSize(options) }));
        // What a scenario changes lies above the rest: closed below moved below new.
        const rank = (row) => ["", "tutup", "pindah", "baru"].indexOf(row[2]);
        const rows = points.rows.filter(([, , , , lon]) => lon !== undefined).sort((a, b) => rank(a) - rank(b));
        for (const [kind, text, change, , lon, lat] of rows) {
          const [shape, color] = points.signs[kind];
          const at = [lat, lon];
          if (change === "baru" || change === "pindah") {
            for (const name of ["tp-ring-ground", `tp-ring tp-ring-${change}`]) put(at, "changed", { className: name, shape: "halo", change, interactive: false, fill: false });
          }
          put(at, change ? "changed" : "point", {
            className: change ? `tp-sign tp-${change}` : "tp-sign", shape, text, change, fillColor: color, struck: change === "tutup",
          });
        }
        group.on({
          mouseover: (event) => this.say([event.sourceTarget.options.text], event.latlng),
          mouseout: () => this.tip.remove(),
          click: (event) => this.throughSign(event),
        });
        return group;
      });
    }

    /* A sign lies over the unit that the click is meant for as well. */
    throughSign({ latlng, originalEvent: { clientX, clientY }, sourceTarget }) {
      const below = document.elementsFromPoint(clientX, clientY).find(({ dataset }) => dataset && dataset.kode);
      const unit = below && this.units.get(below.dataset.kode);
      if (unit) this.frame.choose(this, unit, latlng);
      this.say([sourceTarget.options.text], latlng);
    }

    /* Where a place was set, until the server has answered with a state that shows it. */
    drawPlaced(latlng) {
      const { Sign } = this.frame.kinds;
      const cross = { className: "tp-placed", shape: "aim", radius: 7, interactive: false, renderer: this.paper, level: this.levels.changed };
      this.rebuild("placed", String(latlng), () => latlng && new Sign(latlng, cross));
    }

    signSize({ change }) {
      const size = Math.max(3, Math.min(8, this.map.getZoom() - 7));
      return change ? Math.max(5, size + 1) : size;
    }

    resizeSigns() {
      const layer = this.built.points && this.built.points.layer;
      if (layer) layer.eachLayer((sign) => sign.setRadius(this.signSize(sign.options)));
    }

    /* ---- tooltips: text only ---- */

    say(lines, latlng) {
      const box = element("div");
      lines.forEach((line, i) => line && box.append(element("span", i ? (i > 1 ? "tp-tip-line tp-tip-faint" : "tp-tip-line") : "tp-tip-name", line)));
      this.tip.setLatLng(latlng).setContent(box);
      if (!this.map.hasLayer(this.tip)) this.tip.addTo(this.map);
    }

    /* A list that closes leaves the pointer resting on the map: new colours come before what it happens to lie on is lifted. */
    point({ sourceTarget: unit, latlng, originalEvent: { movementX, movementY } }) {
      clearTimeout(this.resting);
      if (this.built.hover && this.built.hover.wanted === unit.feature.id) this.tip.setLatLng(latlng);
      else if (movementX || movementY) this.hover(unit, latlng);
      else this.resting = setTimeout(() => this.units.get(unit.feature.id) === unit && this.hover(unit, latlng), 300);
    }

    leave() {
      clearTimeout(this.resting);
      this.hover(null);
    }

    hover(layer, latlng) {
      this.rebuild("hover", layer ? layer.feature.id : "", () =>
        layer && this.shape(world(layer.feature), "over", { className: "tp-mark", weight: layer.seen ? 5 : 2.2, open: Boolean(layer.seen) }));
      if (!layer) {
        this.tip.remove();
        return;
      }
      const { id, properties } = layer.feature;
      const value = this.state.values.get(id);
      const place = properties.k || this.frame.kabkotaName(kabkotaOf(id));
      const inside = ((this.state.points && this.state.points.rows) || []).filter(([, , , area]) => area && (id + ".").startsWith(area + "."));
      this.say([
        properties.n,
        value && value.label ? value.label : this.state.words.no_data,
        place,
        ...inside.slice(0, 4).map(([, text]) => text),
      ], latlng);
    }

    /* ---- names on the map ---- */

    drawNames() {
      if (!this.state) return;
      const zoom = this.map.getZoom();
      const seen = this.map.getBounds();
      const size = this.map.getSize();
      if (!size.x || !this.built.land) return;
      // The corners with buttons and scale stay free.
      const taken = [[0, 0, 52, 130], [0, size.y - 44, 130, size.y], [size.x - 130, 0, size.x, 44]];
      const made = [];
      // What hangs in a hall is read from afar.
      const larger = size.x >= 1100 ? 1.4 : 1;
      this.frame.holder.style.setProperty("--tp-size", larger);
      const put = (text, [lon, lat], kind, width) => {
        const at = this.map.latLngToContainerPoint([lat, lon]);
        const half = (text.length * width * larger) / 2;
        const rect = [at.x - half, at.y - 9 * larger, at.x + half, at.y + 9 * larger];
        if (rect[0] < 2 || rect[1] < 2 || rect[2] > size.x - 2 || rect[3] > size.y - 20) return;
        if (taken.some((other) => rect[0] < other[2] && rect[2] > other[0] && rect[1] < other[3] && rect[3] > other[1])) return;
        taken.push(rect);
        const label = element("div", `tp-label tp-label-${kind}`, text);
        const spot = this.map.latLngToLayerPoint([lat, lon]);
        label.style.left = `${spot.x}px`;
        label.style.top = `${spot.y}px`;
        made.push(label);
      };
      const inView = ({ properties: { p } }) => p && seen.contains([p[1], p[0]]);
      const sides = this.state.sides.map(([side]) => side);
      const places = this.middles(fileData(this.state.around).features, sides);
      const bySide = (wanted) => places.filter(({ feature }) => sides.includes(feature.id) === wanted);
      for (const { feature, at } of bySide(true)) put(feature.properties.n, at, "kabkota", 8.5);
      // Over all of a country no room is left for the names of its kabkota.
      const provinces = (fileData(this.state.around).labels || []).filter(([, p]) => zoom < 7.5 && seen.contains([p[1], p[0]]));
      for (const [name, p] of provinces) put(name, p, "province", 6.5);
      if (!provinces.length) for (const { feature, at } of bySide(false)) put(feature.properties.n, at, "around", 7.5);
      const byKecamatan = zoom >= 10.75;
      if (byKecamatan && zoom < 13.5) {
        for (const [side, , path] of this.state.sides) {
          if (this.filled.includes(side)) for (const [name, p] of fileData(path).labels || []) if (seen.contains([p[1], p[0]])) put(name, p, "kecamatan", 7);
        }
      }
      if (zoom >= 12.75) {
        for (const layer of this.units.values()) if (inView(layer.feature)) put(layer.feature.properties.n, layer.feature.properties.p, "kelurahan", 6.5);
      }
      this.names.replaceChildren(...made);
    }

    /* Where in the window a kabkota is widest: its own label point may be far out of sight. */
    middles(features, own) {
      const { x: width, y: height } = this.map.getSize();
      const step = Math.max(28, width / 28);
      const columns = Math.floor(width / step);
      const rows = Math.floor(height / step);
      const scale = 256 * 2 ** this.map.getZoom();
      const origin = this.map.getPixelBounds().min;
      const x = (column) => (origin.x + ((column + 0.5) * width) / columns) / scale;
      const y = (row) => (origin.y + ((row + 0.5) * height) / rows) / scale;
      return features.flatMap((feature) => {
        const { parts, box } = world(feature);
        if (box[0] > x(columns) || box[2] < x(-1) || box[1] > y(rows) || box[3] < y(-1)) return [];
        const inside = Array.from({ length: rows }, (_, row) => {
          const crossings = cross(parts, y(row)).sort((a, b) => a - b);
          return Array.from({ length: columns }, (__, column) => crossings.filter((at) => at < x(column)).length % 2 === 1);
        });
        // A name wants room around itself first, then to stand in the midst of its land, then of the window.
        const room = (row, column, up, aside) => {
          let cells = 0;
          for (let r = row - up; r <= row + up; r += 1) for (let c = column - aside; c <= column + aside; c += 1) if (inside[r] && inside[r][c]) cells += 1;
          return cells;
        };
        // The name of a neighbour stays on its own land; that of a side may lie across, since it stands for what is coloured.
        const half = own.includes(feature.id) && !feature.properties.room ? 0 : Math.ceil((feature.properties.n.length * 3.4) / step - 0.5);
        let best = null;
        inside.forEach((line, row) => line.forEach((_, column) => {
          for (let c = column - half; c <= column + half; c += 1) if (!line[c]) return;
          const space = 100 * room(row, column, 1, 2) + 4 * room(row, column, 3, 5) - Math.hypot(column - columns / 2, row - rows / 2);
          if (!best || space > best.space) best = { space, row, column };
        }));
        return best ? [{ feature, at: lonLat(x(best.column), y(best.row)) }] : [];
      });
    }

    /* ---- the first view: along the line for a pair with the places that are added, everything otherwise ---- */

    homeBounds(state) {
      const all = L.latLngBounds(state.box);
      const lines = state.sides.length === 2 ? this.borderFeatures(state) : [];
      if (!lines.length) return all;
      const line = bounds(joined(lines)).pad(0.45);
      const [south, west, north, east] = [
        Math.max(line.getSouth(), all.getSouth()), Math.max(line.getWest(), all.getWest()),
        Math.min(line.getNorth(), all.getNorth()), Math.min(line.getEast(), all.getEast()),
      ];
      const box = L.latLngBounds([south, west], [north, east]);
      // What a plan adds is what one looks for.
      for (const [, , change, , lon, lat] of (state.points && state.points.rows) || []) if (change === "baru") box.extend([lat, lon]);
      return box;
    }

    home(state, animate) {
      this.map.fitBounds(this.homeBounds(state), { animate, padding: [8, 8] });
    }

    nearUnit(kode) {
      const layer = this.units.get(kode);
      if (layer) this.map.fitBounds(layer.getBounds().pad(0.9), { animate: false, maxZoom: 14 });
    }

    showUnit(kode) {
      const layer = this.units.get(kode);
      if (!layer) return;
      const bounds = layer.getBounds();
      if (!this.map.getBounds().pad(-0.05).contains(bounds.getCenter())) this.map.panTo(bounds.getCenter());
    }
  }

  /* The page keeps its wheel and its finger: the map zooms by wheel only after a click in it or with Ctrl, and moves with two fingers. */
  function guard(view) {
    const { map, box, frame } = view;
    let awake = false;
    box.addEventListener("keydown", () => frame.touched());
    box.addEventListener("pointerdown", (event) => {
      frame.touched();
      if (event.pointerType === "touch") {
        map.dragging.disable();
      } else {
        map.dragging.enable();
        awake = true;
      }
    }, true);
    box.addEventListener("mouseleave", () => (awake = false));
    box.addEventListener("keydown", (event) => event.key === "Escape" && (awake = false));
    box.parentNode.addEventListener("wheel", (event) => {
      if (awake || event.ctrlKey || event.metaKey) {
        frame.touched();
        return;
      }
      event.stopPropagation();
      frame.hint("hint_wheel");
    }, { capture: true, passive: true });
    box.addEventListener("touchmove", (event) => event.touches.length === 1 && frame.hint("hint_touch"), { passive: true });
  }

  /* Without a mouse a place is set with Enter, at the cross in the middle of the map; the arrow keys bring the map there. */
  function aim(view) {
    const { box, frame } = view;
    const keys = (used) => box.parentNode.classList.toggle("tp-keys", used);
    box.parentNode.append(element("div", "tp-aim"));
    box.addEventListener("focus", () => keys(box.matches(":focus-visible")));
    box.addEventListener("blur", () => keys(false));
    box.addEventListener("pointerdown", () => keys(false), true);
    box.addEventListener("keydown", (event) => {
      if (event.target !== box) return;
      keys(true);
      if (event.key === "Enter" && !event.repeat) frame.place(view, view.map.getCenter());
    });
  }

  /* ---- the frame: holds one or two views and talks to Streamlit ---- */

  class Frame {
    constructor(holder) {
      this.holder = holder;
      this.kinds = leafletKinds();
      this.turn = 0;
      this.clicks = 0;
      this.from = [];
      this.painted = 0;
      holder.classList.add("tp-holder");
      this.stage = element("div", "tp-stage");
      this.note = element("div", "tp-note");
      this.note.hidden = true;
      this.note.setAttribute("role", "status");
      this.attribution = element("div", "tp-attribution");
      const svg = svgElement("svg", { class: "tp-defs", "aria-hidden": "true" });
      const defs = svgElement("defs", {});
      defs.append(hatch("tp-hatch", "tp-hatch-ground", "tp-hatch-line", 7), hatch("tp-area", "", "tp-area-line", 9));
      defs.append(hatch("tp-uncertain-legend", "tp-uncertain-ground", "tp-uncertain-line", 6, "transparent"));
      svg.append(defs);
      this.hatches = svgElement("g", {});
      defs.append(this.hatches);
      this.legend = element("details", "tp-legend");
      this.legend.open = window.innerWidth > 560;
      this.stage.append(this.attribution);
      holder.replaceChildren(svg, this.stage, this.legend, this.note);
      document.addEventListener("fullscreenchange", () => this.state && this.controls(this.state));
      this.views = [];
      this.addView();
      new ResizeObserver(() => this.resized()).observe(this.stage);
    }

    addView() {
      const outer = element("div", "tp-view");
      const box = element("div");
      outer.append(box);
      this.stage.append(outer);
      const view = new View(this, box);
      this.views.push(view);
      view.map.on("move zoomend", () => this.follow(view));
      return view;
    }

    follow(leader) {
      if (this.following) return;
      this.following = true;
      for (const view of this.views) if (view !== leader) view.map.setView(leader.map.getCenter(), leader.map.getZoom(), { animate: false });
      this.following = false;
    }

    /* As long as nobody has moved the map, it keeps its first view in whatever room it has: a tab that opens, a phone that turns. */
    resized() {
      this.views.forEach((view) => view.map.invalidateSize({ pan: false }));
      this.holder.style.setProperty("--tp-wide", `${this.holder.clientWidth}px`);
      if (this.untouched && this.state) this.start();
    }

    start() {
      const { near, selected } = this.state;
      if (near && selected) this.views.forEach((view) => view.nearUnit(selected));
      else if (this.from.length) this.views.forEach((view) => view.map.setView(this.from.slice(0, 2), this.from[2], { animate: false }));
      else this.goHome(false);
    }

    touched() {
      this.untouched = false;
      this.from = [];
    }

    goHome(animate) {
      this.untouched = true;
      this.from = [];
      if (this.holder.clientWidth) this.views.forEach((view) => view.home(this.state, animate));
    }

    /* Latitude, longitude and zoom for a link; nothing as long as the map shows what it opens with. */
    view() {
      if (!this.state || !this.state.view || (this.untouched && !this.from.length)) return "";
      const { map } = this.views[0];
      const { lat, lng } = map.getCenter();
      return [lat.toFixed(4), lng.toFixed(4), map.getZoom()].join();
    }

    /* Whom each class holds on each side, and what the patterns mean. */
    drawLegend({ legend, words, colors, strokes }) {
      const wanted = JSON.stringify([legend, colors, strokes]);
      if (wanted === this.explained) return;
      this.explained = wanted;
      this.legend.hidden = !legend;
      if (!legend) return;
      const table = element("table");
      const head = element("tr");
      head.append(element("th", "", legend.title));
      for (const [at, [color, label]] of legend.rows.entries()) {
        const fills = { "": HATCH, uncertain: "url(#tp-uncertain-legend)" };
        const swatch = svgElement("svg", { viewBox: "0 0 24 14", "aria-hidden": "true" });
        swatch.append(strokes
          ? svgElement("path", { d: "M1 7h22", stroke: color, "stroke-width": strokes[at][0], "stroke-dasharray": strokes[at][1] })
          : svgElement("rect", { width: 24, height: 14, class: "tp-swatch", fill: color in fills ? fills[color] : color }));
        const cell = element("th");
        cell.append(swatch, label);
        head.append(cell);
      }
      table.append(head);
      legend.heads.forEach((side, i) => {
        const row = element("tr");
        row.append(element("th", "", side), ...legend.rows.map(([, , cells]) => element("td", "", cells[i])));
        table.append(row);
      });
      // On a narrow screen the classes stand below each other: the style sheet needs their number.
      table.style.setProperty("--tp-lines", legend.rows.length + 1);
      this.legend.replaceChildren(element("summary", "", words.legend), table);
    }

    arrange(state) {
      const wanted = state.layout === "berdampingan" ? 2 : 1;
      if (this.views.length === wanted) return false;
      if (wanted === 2) {
        this.addView();
      } else {
        const view = this.views.pop();
        view.map.remove();
        view.box.parentNode.remove();
      }
      this.views.forEach((view) => view.map.invalidateSize({ pan: false }));
      return true;
    }

    async show(text) {
      const turn = (this.turn += 1);
      const state = await unpacked(text);
      if (turn !== this.turn) return;
      this.holder.style.height = state.height ? `${state.height}px` : "100vh";
      this.holder.classList.toggle("tp-dark", state.dark);
      this.attribution.textContent = state.words.attribution;
      const units = state.sides.map(([, , path]) => path);
      const around = [state.around, ...state.areas.flat()];
      if (typeof state.points === "string") around.push(state.points);
      const needed = [...units, ...state.borders];
      const current = (step) => () => turn === this.turn && step();
      const failed = current(() => this.failed(state, text));
      const rest = () => when(around.map(fetchFile), current(() => this.drawRest(state)), failed);
      const waits = when([...needed.map(fetchFile), styles], current(() => {
        const first = this.draw(state);
        around.forEach(fetchFile);
        // The values are on the screen before the rest is worked on.
        if (first) requestAnimationFrame(() => setTimeout(current(rest)));
        else rest();
      }), failed);
      if (waits && !this.painted) this.say(state.words.loading);
    }

    /* Values, the line and the view; returns whether the units are new. */
    draw(state) {
      state.values = unpack(state);
      [state.uncertain, state.front] = [state.uncertain, state.front].map((codes) => new Set(codes ? codes.split(";").flatMap(spread) : []));
      this.hatches.replaceChildren(...state.colors.map((color, i) => hatch(`tp-uncertain-${i}`, "tp-uncertain-ground", "tp-uncertain-line", 6, color)));
      this.drawLegend(state);
      const before = this.state;
      this.state = state;
      this.standing();
      this.holder.classList.toggle("tp-placing", Boolean(state.placing));
      this.views.forEach(({ map }) => map.setMinZoom(state.strokes ? 3 : 7));
      this.views.forEach((view) => view.drawPlaced(null));
      const rearranged = this.arrange(state);
      const sides = state.sides.map(([side]) => side);
      const first = rearranged || !before || before.sides.join() !== state.sides.join();
      if (first) {
        this.untouched = true;
        this.from = state.view || [];
        this.start();
      }
      this.views.forEach((view, i) => view.draw(state, this.views.length === 2 ? [sides[i]] : sides));
      const chosen = state.selected && (first || state.selected !== before.selected) && state.selected !== this.clicked;
      if (chosen && state.near) this.views.forEach((view) => view.nearUnit(state.selected));
      else if (chosen && !first) {
        this.touched();
        this.views.forEach((view) => view.showUnit(state.selected));
      }
      this.clicked = null;
      this.painted += 1;
      this.holder.dataset.painted = this.painted;
      return first;
    }

    /* Land, outlines, facilities and names. */
    drawRest(state) {
      if (typeof state.points === "string") state.points = { key: state.points, ...fileData(state.points) };
      else if (state.points) state.points.key = JSON.stringify(state.points);
      this.controls(state);
      this.views.forEach((view) => view.drawRest());
      this.holder.dataset.complete = this.painted;
    }

    /* Buttons carry translated names, so they follow the words. */
    controls(state) {
      const wanted = JSON.stringify([state.words, this.views.length, Boolean(document.fullscreenElement)]);
      if (this.controlled === wanted) return;
      this.controlled = wanted;
      this.views.forEach((view, i) => {
        (view.tools || []).forEach((tool) => tool.remove());
        view.tools = [];
        view.box.setAttribute("role", "application");
        const side = this.views.length === 2 ? `: ${this.kabkotaName(state.sides[i][0])}` : "";
        view.box.setAttribute("aria-label", state.words.label + side);
        if (i) return;
        const { zoom_in: zoomInTitle, zoom_out: zoomOutTitle } = state.words;
        const home = button(state.words.home, "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5", () => this.state && this.goHome(true));
        view.tools.push(L.control.zoom({ zoomInTitle, zoomOutTitle }), home, fullButton(state.words), L.control.scale({ imperial: false }));
        view.tools.forEach((tool) => tool.addTo(view.map));
      });
    }

    kabkotaName(kode) {
      const file = files.get(this.state.around);
      const feature = file && file.data && file.data.features.find(({ id }) => id === kode);
      return feature ? feature.properties.n : kode;
    }

    choose(view, unit, latlng) {
      if (this.state.placing) return;
      const { id } = unit.feature;
      this.clicked = id;
      view.hover(unit, latlng);
      // The mark appears at once; the server confirms it with the next state.
      this.views.forEach((each) => {
        each.state.selected = id;
        each.state.related = [];
        each.drawMarks();
      });
      this.send({ kode: id });
    }

    place(view, latlng) {
      if (!this.state || !this.state.placing) return;
      const [lat, lng] = [latlng.lat, latlng.lng].map((degrees) => Number(degrees.toFixed(5)));
      if (!L.latLngBounds(this.state.placing).contains([lat, lng])) {
        this.hint("outside");
        return;
      }
      this.views.forEach((each) => each.drawPlaced(latlng));
      clearTimeout(this.placed);
      this.placed = setTimeout(() => this.views.forEach((each) => each.drawPlaced(null)), 3000);
      this.send({ lat, lng });
    }

    /* The number makes every click a new value, also the second one on the same unit. */
    send(value) {
      this.clicks += 1;
      if (window.Streamlit) window.Streamlit.setComponentValue({ ...value, click: `${performance.timeOrigin}-${this.clicks}` });
    }

    say(text) {
      clearTimeout(this.hinting);
      this.note.replaceChildren(text);
      this.note.hidden = !text;
    }

    /* What stays to be read while there is nothing more urgent. */
    standing() {
      this.say(this.state.placing ? this.state.words.placing : "");
    }

    hint(word) {
      if (!this.state) return;
      this.say(this.state.words[word]);
      this.hinting = setTimeout(() => this.standing(), word === "outside" ? 3000 : 1500);
    }

    failed(state, text) {
      this.say(state.words.failed);
      const again = element("button", "", state.words.retry);
      again.type = "button";
      again.addEventListener("click", () => this.show(text));
      this.note.append(again);
    }
  }

  function button(title, lines, act, position = "topleft", text = "") {
    const control = L.control({ position });
    control.onAdd = () => {
      const bar = element("div", "leaflet-bar leaflet-control");
      const link = element("a", text ? "tp-button tp-worded" : "tp-button");
      link.href = "#";
      link.title = title;
      link.setAttribute("role", "button");
      link.setAttribute("aria-label", title);
      const icon = svgElement("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" });
      icon.append(svgElement("path", { d: lines }));
      link.append(icon, text);
      L.DomEvent.disableClickPropagation(link);
      L.DomEvent.on(link, "click", (event) => {
        L.DomEvent.stop(event);
        act();
      });
      bar.append(link);
      return bar;
    };
    return control;
  }

  /* The frame's own page fills the screen: map and legend, and nothing of the page around it. */
  function fullButton(words) {
    const turn = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
    const text = document.fullscreenElement ? words.leave : words.full;
    return button(text, "M3 9V3h6M15 3h6v6M21 15v6h-6M9 21H3v-6", turn, "topright", text);
  }

  /* What `script_literal` in views/screen/map_frame.py has packed. Read piece by piece all of it comes within the task that called;
   * read through a Response it would come in a later one, behind whatever the page has to do meanwhile. */
  async function unpacked(text) {
    const letters = atob(text.replaceAll("-", "+").replaceAll(".", "/"));
    const stream = new DecompressionStream("deflate");
    const writer = stream.writable.getWriter();
    writer.write(Uint8Array.from(letters, (letter) => letter.charCodeAt(0)));
    writer.close();
    const decoder = new TextDecoder();
    let json = "";
    const reader = stream.readable.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return JSON.parse(json);
      json += decoder.decode(value, { stream: true });
    }
  }

  /* "32.75.01.1001-1003,1005" as the codes that it stands for. */
  function spread(group) {
    const start = group.slice(0, group.lastIndexOf(".") + 1);
    return group.slice(start.length).split(",").flatMap((run) => {
      const [first, last = first] = run.split("-");
      return Array.from({ length: last - first + 1 }, (_, i) => start + String(Number(first) + i).padStart(first.length, "0"));
    });
  }

  function unpack(state) {
    const kodes = state.kodes ? state.kodes.split(";").flatMap(spread) : [];
    const [texts, ending] = state.labels;
    const labels = Array.isArray(texts) ? texts : texts.split("|");
    return new Map(kodes.map((kode, i) => {
      const digit = state.classes[i];
      return [kode, { class: digit === "-" ? -1 : parseInt(digit, 36), label: labels[i] ? labels[i] + ending : "" }];
    }));
  }

  // What the tests look into, where the script is not in a page.
  if (typeof module === "object") module.exports = { project, opened, world, joined, cross, lonLat, trace, spread, unpack, unpacked, when, fetchFile, SHAPES, leafletKinds };

  let frame = null;
  window.tapal = {
    open(id) {
      frame = new Frame(document.getElementById(id));
      return frame.views[0].map;
    },
    show(text) {
      frame.show(text);
      return L.layerGroup();
    },
    view: () => (frame ? frame.view() : ""),
  };
})();
