/* Style of the dash-leaflet rival: the class of each feature comes with `hideout`. */
window.benchmark = {
  style: (feature, context) => ({
    weight: 0.6,
    color: "#ffffff",
    fillOpacity: 0.85,
    fillColor: context.hideout.colors[context.hideout.classes[feature.id]],
  }),
};
