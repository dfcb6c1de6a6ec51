/* What the dash-leaflet rival does in the browser: the class of each feature comes with `hideout`. */
window.benchmark = {
  style: (feature, context) => ({
    weight: 0.6,
    color: "#ffffff",
    fillOpacity: 0.85,
    fillColor: context.hideout.colors[context.hideout.classes[feature.id]],
  }),
  tooltip: (feature, layer) => {
    const text = document.createElement("span");
    text.textContent = `${feature.properties.n}, ${feature.properties.k}`;
    layer.bindTooltip(text, { sticky: true });
  },
};
