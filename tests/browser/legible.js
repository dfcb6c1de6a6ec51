// What cannot be read on the page as it stands: a function that returns its findings as texts. `smallest` in CSS pixels, `least` the
// contrast of WCAG 2.2 that text needs (3 where it is large).
({ smallest, least }) => {
  const found = [];
  const ink = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (color) => {
    ink.clearRect(0, 0, 1, 1);
    ink.fillStyle = "#000";
    ink.fillStyle = color;
    ink.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = ink.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const luminance = (color) =>
    color
      .slice(0, 3)
      .map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, n) => sum + part * [0.2126, 0.7152, 0.0722][n], 0);
  const contrast = (a, b) => {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const app = rgba(getComputedStyle(document.querySelector("[data-testid=stApp]")).backgroundColor);
  const up = (node) => node.parentElement ?? node.getRootNode().host ?? null;
  const behind = (element) => {
    const layers = [];
    const plate = element.closest(".annotation-text-g")?.querySelector("rect.bg");
    if (plate && Number(getComputedStyle(plate).fillOpacity) === 1) return rgba(getComputedStyle(plate).fill);
    for (let at = element; at; at = up(at)) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== "none") return null;
      const color = rgba(style.backgroundColor);
      if (color[3] > 0) layers.push(color);
      if (color[3] === 1) break;
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), app);
  };
  const opacity = (element) => {
    let product = 1;
    for (let at = element; at; at = up(at)) product *= Number(getComputedStyle(at).opacity);
    return product;
  };
  const scrolls = (element) => {
    for (let at = up(element); at; at = up(at)) {
      if (/auto|scroll/.test(getComputedStyle(at).overflowX) && at.scrollWidth > at.clientWidth + 1) return true;
    }
    return false;
  };
  const texts = (root, all = []) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT);
    for (let at = walker.currentNode; at; at = walker.nextNode()) {
      if (at.shadowRoot) texts(at.shadowRoot, all);
      if ([...at.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) all.push(at);
    }
    return all;
  };
  for (const element of texts(document.body)) {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const shown = element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && box.width > 1 && box.height > 1;
    if (!shown || /script|style|title/i.test(element.tagName) || /Material/.test(style.fontFamily)) continue;
    // What cannot be used now; what stands on marks or above a thumb, whose colours are not those of its ancestors; and a slide, which
    // is a picture of itself until it fills the screen.
    const apart = "[aria-disabled=true], :disabled, .js-plotly-plot:has(.hm) .textpoint, .bartext-inside, [data-testid=stSliderThumbValue], .rp-stage";
    if (element.closest(apart)) continue;
    const words = element.textContent.trim().slice(0, 60);
    const svg = element instanceof SVGElement;
    // Words of Streamlit's own that others take the place of.
    const size = parseFloat(style.fontSize) || parseFloat(getComputedStyle(element, "::after").fontSize);
    if (size < smallest) found.push(`${size} px: ${words}`);
    const ground = behind(element);
    if (ground) {
      const color = rgba(svg ? style.fill : style.color);
      color[3] *= opacity(element);
      const got = contrast(over(color, ground), ground);
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      if (got < (large ? Math.min(3, least) : least)) found.push(`contrast ${got.toFixed(2)}: ${words}`);
    }
    if (svg) continue;
    if (/hidden|clip/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1) found.push(`cut: ${words}`);
    if ((box.right > innerWidth + 1 || box.left < -1) && !scrolls(element)) found.push(`outside the screen: ${words}`);
  }
  for (const wide of [document.documentElement, document.querySelector("[data-testid=stMain]")]) {
    if (wide.scrollWidth > wide.clientWidth + 1) found.push(`scrolls sideways: ${wide.scrollWidth} of ${wide.clientWidth}`);
  }
  return [...new Set(found)];
};
