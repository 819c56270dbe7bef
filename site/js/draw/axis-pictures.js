// The axes of a figure take as long to paint as all that stands between them, mostly for their
// labels, and hardly ever change. An axis that is painted a third time the same way is copied from a
// picture of it. The names are BokehJS's own; see bokeh-thrift.js.

const MARGIN = 60; // CSS pixels by which a label may stick out of its axis

let fonts = 0; // a picture with the fallback of a font is none once the font has come
document.fonts?.addEventListener("loadingdone", () => {
  fonts += 1;
});

// All that an axis's looks depend on, but for its own attributes: a change of those forgets it.
function rangesOf({ ranges, model }) {
  const parts = ranges.map(({ start, end, factors }) => [start, end, factors]);
  return JSON.stringify([parts, model.fixed_location, fonts]);
}

function placeOf(view, ctx) {
  const { a, d, e, f } = ctx.getTransform();
  const box = ({ x, y, width, height }) => [x, y, width, height];
  const { canvas, frame } = view.plot_view;
  return JSON.stringify([a, d, e, f, box(view.bbox), box(frame.bbox), box(canvas.bbox)]);
}

// Paints into a canvas of its own, as large as the axis and its labels; in device pixels.
function takePicture(view, ctx, paint, { CanvasLayer }) {
  const { a, d, e, f } = ctx.getTransform();
  const { left, top, right, bottom } = view.bbox;
  const x = Math.max(Math.floor((left - MARGIN) * a), 0);
  const y = Math.max(Math.floor((top - MARGIN) * d), 0);
  const layer = new CanvasLayer("canvas", false);
  layer.canvas.width = Math.min(Math.ceil((right + MARGIN) * a), ctx.canvas.width) - x;
  layer.canvas.height = Math.min(Math.ceil((bottom + MARGIN) * d), ctx.canvas.height) - y;
  layer.ctx.setTransform(a, 0, 0, d, e - x, f - y);
  paint.call(view, layer.ctx);
  return { canvas: layer.canvas, x, y };
}

function copy(ctx, { canvas, x, y }) {
  ctx.save();
  ctx.resetTransform();
  ctx.drawImage(canvas, x, y);
  ctx.restore();
}

export function picturedAxes({ AxisView }, layers) {
  const { prototype } = AxisView;
  const known = new WeakMap(); // by view: what is known of it as it looks now
  const of = (view) => {
    if (!known.has(view)) known.set(view, {});
    return known.get(view);
  };

  const { connect_signals: connect, _paint: paint } = prototype;
  prototype.connect_signals = function () {
    connect.call(this);
    // Tickers and formatters are replaced, never changed, which is a change of the axis.
    this.connect(this.model.change, () => known.delete(this));
  };

  // Their views are made when the change is over, and only then have their words a size.
  for (const name of ["_init_axis_label", "_init_major_labels"]) {
    const make = prototype[name];
    prototype[name] = async function () {
      await make.call(this);
      known.delete(this);
    };
  }

  const { get: measure } = Object.getOwnPropertyDescriptor(prototype, "extents");
  Object.defineProperty(prototype, "extents", {
    get() {
      const mine = of(this);
      const ranges = rangesOf(this);
      if (mine.ranges !== ranges) Object.assign(mine, { ranges, extents: measure.call(this) });
      return mine.extents;
    },
  });

  prototype._paint = function (ctx) {
    if (this.model.fixed_location != null) return paint.call(this, ctx);
    const mine = of(this);
    const looks = rangesOf(this) + placeOf(this, ctx);
    if (mine.looks !== looks) {
      Object.assign(mine, { looks, picture: null });
      return paint.call(this, ctx);
    }
    mine.picture ??= takePicture(this, ctx, paint, layers);
    return copy(ctx, mine.picture);
  };
}
