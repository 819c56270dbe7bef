// Every text that is painted leaves the box of its ink with its canvas, in device pixels, until that
// is cleared; a copy takes the boxes along. `readFigures()` gives them for each figure, by its id.
const written = new WeakMap();
const pen = CanvasRenderingContext2D.prototype;
const on = (canvas) => {
  if (!written.has(canvas)) written.set(canvas, []);
  return written.get(canvas);
};
const { fillText, clearRect, drawImage } = pen;
pen.fillText = function (text, x, y, ...rest) {
  const m = this.measureText(text);
  const [l, r] = [x - m.actualBoundingBoxLeft, x + m.actualBoundingBoxRight];
  const [t, b] = [y - m.actualBoundingBoxAscent, y + m.actualBoundingBoxDescent];
  const at = this.getTransform();
  const corners = [[l, t], [r, t], [l, b], [r, b]].map(([px, py]) => at.transformPoint({ x: px, y: py }));
  const [xs, ys] = ["x", "y"].map((axis) => corners.map((each) => each[axis]));
  if (String(text).trim()) {
    on(this.canvas).push({ text, left: Math.min(...xs), right: Math.max(...xs),
      top: Math.min(...ys), bottom: Math.max(...ys) });
  }
  return fillText.call(this, text, x, y, ...rest);
};
pen.clearRect = function (...box) {
  on(this.canvas).length = 0;
  return clearRect.apply(this, box);
};
pen.drawImage = function (image, x, y, ...rest) {
  for (const each of written.get(image) ?? []) {
    on(this.canvas).push({ ...each, left: each.left + x, right: each.right + x,
      top: each.top + y, bottom: each.bottom + y });
  }
  return drawImage.call(this, image, x, y, ...rest);
};
const plotsIn = (view) => (view.frame ? [view] : (view.child_views ?? []).flatMap(plotsIn));
globalThis.readFigures = () => Object.fromEntries([...document.querySelectorAll("[data-figure]")].map((slot) => {
  const root = [...Bokeh.index].find(({ el }) => slot.contains(el));
  const panels = plotsIn(root).map((plot) => {
    const box = ({ left, right, top, bottom }) => ({ left, right, top, bottom });
    const canvas = plot.canvas_view.primary.canvas;
    const lines = plot.computed_renderer_views.filter(({ model }) => model.type === "Span" && model.visible)
      .map(({ model: { dimension, location } }) => dimension === "height"
        ? { x: plot.frame.x_scale.compute(location) } : { y: plot.frame.y_scale.compute(location) });
    const asked = plot.computed_renderer_views.filter(({ model }) => !["fits", "free"].includes(model.tags[0])).flatMap(({ model, text }) =>
      model.type === "LabelSet" ? [...(text ?? [])] : model.type === "Label" ? [model.text] : []).filter(Boolean);
    const { left, top } = plot.el.getBoundingClientRect();
    const home = slot.getBoundingClientRect();
    return { asked, lines, frame: box(plot.frame.bbox), texts: on(canvas).map(({ text, ...at }) => ({ text, ...box(at) })),
      size: [canvas.width, canvas.height], off: [left - home.left, top - home.top] };
  });
  return [slot.id, { panels, size: [slot.clientWidth, slot.clientHeight] }];
}));
