// Where the labels of a figure stand, in pixels of the screen: each at the place that Python asks for,
// or else at the nearest one where it covers no other label, no line and no edge. How far a label may
// go, its tag says: "row" along its row, "x" and "y" along a line across the figure, "around" its
// mark, "along:NAME" the curve of that name, "free" anywhere; "fits" keeps it if its row is as high;
// one without a tag stays. A label that has no room at all stays away: the sentence and the table have
// its number. The names are BokehJS's own; a version that has them no more draws each label where it
// asks to be.

const AWAY = 1000; // costs: another label; a straight line; a mark; a bar; a curve
const [STRAIGHT, MARK, BAR, CURVE] = [300, 120, 60, 40];
const STAYS = 15; // what it is worth that a label stays where it was
const GAP = 4; // pixels beside a line
const UPRIGHT = 25; // what it costs to stand upright, where a line leaves no other room
const SLACK = 1; // by which the boxes of letters reach beyond their ink
const THIN = 2; // by which they may come into a bar: what is thinner than that is no obstacle
const STEPS = 16; // places along a line or a curve
const LATER = ["", "fits", "around", "y", "row", "x", "along", "free"]; // who can go farther gives way

const boxAt = (left, top, { width, height }) => ({
  left, top, right: left + width, bottom: top + height, width, height,
});
const meets = (a, b, by = 0) =>
  a.left < b.right - by && b.left < a.right - by && a.top < b.bottom - by && b.top < a.bottom - by;

function within(box, frame) {
  const left = Math.max(Math.min(box.left, frame.right - 1 - box.width), frame.left + 2);
  const top = Math.max(Math.min(box.top, frame.bottom - 1 - box.height), frame.top + 1);
  return boxAt(left, top, box);
}

// Whether a straight piece of a line comes into a box.
function crosses({ left, top, right, bottom }, x0, y0, x1, y1) {
  if (Math.max(x0, x1) < left || Math.min(x0, x1) > right) return false;
  if (Math.max(y0, y1) < top || Math.min(y0, y1) > bottom) return false;
  const side = (x, y) => Math.sign((x1 - x0) * (y - y0) - (y1 - y0) * (x - x0));
  return Math.abs(side(left, top) + side(right, top) + side(left, bottom) + side(right, bottom)) < 4;
}

const onLine = (box, xs, ys) => {
  for (let i = 1; i < xs.length; i += 1) if (crosses(box, xs[i - 1], ys[i - 1], xs[i], ys[i])) return true;
  return false;
};

// What a label should not cover: [cost, test of a box].
function obstacleOf(view, plot) {
  const { model, glyph } = view;
  if (!model.visible) return null;
  if (model.type === "Span") {
    const upright = model.dimension === "height";
    const at = plot.frame[upright ? "x_scale" : "y_scale"].compute(model.location);
    return [STRAIGHT, (box) =>
      upright ? box.left < at && at < box.right : box.top < at && at < box.bottom];
  }
  const kind = model.type === "GlyphRenderer" && glyph.model.type;
  if (kind === "Line" || kind === "Step") return [CURVE, (box) => onLine(box, glyph.sx, glyph.sy)];
  if (kind === "Scatter") {
    const { sx, sy, size } = glyph;
    return [MARK, (box) => sx.some((x, i) => {
      const r = size.get(i) / 2;
      return meets(box, { left: x - r, right: x + r, top: sy[i] - r, bottom: sy[i] + r });
    })];
  }
  if (kind === "HBar" || kind === "VBar") {
    const { sleft, sright, stop, sbottom } = glyph;
    return [BAR, (box) => stop.some((top, i) =>
      meets(box, { left: sleft[i], right: sright[i], top, bottom: sbottom[i] }, THIN))];
  }
  return null;
}

// The texts of one annotation: each with its anchor, the box that is asked for, and where it may go.
function textsOf(view, { TextBox }) {
  const { model } = view;
  const several = model.type === "LabelSet";
  if (several) {
    if (!view._initial_set_data) {
      view.set_data(model.source);
      view._initial_set_data = true;
    }
    view.map_data();
  }
  const [way = "", name] = (model.tags[0] ?? "").split(":");
  const given = several
    ? Array.from({ length: view.text.length }, (_, i) => ({
        text: view.text.get(i), x: view.sx[i], y: view.sy[i],
        dx: view.x_offset.get(i), dy: -view.y_offset.get(i), visuals: view.visuals.text.values(i),
      }))
    : [{
        text: model.text, x: view.origin.sx - model.x_offset, y: view.origin.sy + model.y_offset,
        dx: model.x_offset, dy: -model.y_offset, visuals: view.visuals.text.values(),
      }];
  return given.flatMap(({ text, x, y, dx, dy, visuals }, i) => {
    if (!text || !Number.isFinite(x + y + dx + dy)) return [];
    const drawn = new TextBox({ text });
    drawn.visuals = visuals;
    drawn.position = { sx: x + dx, sy: y + dy };
    const { left, top, width, height } = drawn.bbox();
    return [{ view, i, drawn, x, y, way, name, wanted: boxAt(left, top, { width, height }) }];
  });
}

// Places that a label may take, besides the one that it asks for.
function* others({ way, name, x, y, wanted }, frame, plot) {
  const { width, height } = wanted;
  const at = (left, top) => boxAt(left, top, wanted);
  const part = (k, from, to) => from + ((to - from) * k) / STEPS;
  if (way === "row") {
    for (let left = frame.left + GAP; left < frame.right - width; left += GAP) yield at(left, wanted.top);
  } else if (way === "x") {
    for (const top of [wanted.top, y - height - 2, y + 2]) {
      for (let k = 0; k <= STEPS; k += 1) yield at(part(k, frame.left + GAP, frame.right - width - GAP), top);
    }
  } else if (way === "y") {
    for (const left of [wanted.left, x + GAP, x - width - GAP, x + 1, x - width - 1]) {
      for (let k = 0; k <= STEPS; k += 1) yield at(left, part(k, frame.top + 1, frame.bottom - height - 1));
    }
    for (const left of [x + 2, x - height - 2]) {
      for (let k = 0; k <= STEPS; k += 1) {
        const top = part(k, frame.top + 1, frame.bottom - width - 1);
        yield { ...boxAt(left, top, { width: height, height: width }), upright: true };
      }
    }
  } else if (way !== "free") {
    const points = [[x, y]];
    if (way === "along") {
      const curve = plot.computed_renderer_views.find(({ model }) => model.name === name)?.glyph;
      const seen = [...(curve?.sx ?? [])].map((sx, i) => [sx, curve.sy[i]]).filter(([sx, sy]) =>
        sx >= frame.left && sx <= frame.right && sy >= frame.top && sy <= frame.bottom);
      for (let k = 0; seen.length && k <= STEPS; k += 1) points.push(seen[Math.round(part(k, 0, seen.length - 1))]);
    }
    for (const [px, py] of points) {
      for (const gap of way === "along" ? [6, 14, 26, 44] : [10, 20, 34]) {
        for (const [across, down] of [[0, -1], [0, 1], [1, 0], [-1, 0], [1, -1], [-1, -1], [1, 1], [-1, 1]]) {
          yield at(px - width / 2 + across * (width / 2 + gap), py - height / 2 + down * (height / 2 + gap));
        }
      }
    }
  }
  if (way !== "free" && way !== "around") return;
  for (let top = frame.top; top < frame.bottom - height; top += GAP) {
    for (let left = frame.left + GAP; left < frame.right - width; left += 2 * GAP) yield at(left, top);
  }
}

const WEIGHT = { row: 0.8, x: 0.05, y: 0.05, around: 0.5, along: 0.06, free: 0.05 };

function settle(text, frame, taken, obstacles, plot, before) {
  const { wanted, way } = text;
  if (!way) return { box: wanted };
  if (way === "fits") {
    const { y_scale } = plot.frame;
    const row = Math.abs(y_scale.compute(1) - y_scale.compute(0));
    return wanted.height > 1.2 * row ? null : { box: wanted };
  }
  const most = way === "free" ? STRAIGHT : AWAY; // what it may cover at most, rather than go
  const far = ({ left, top }) => WEIGHT[way] * Math.hypot(left - wanted.left, top - wanted.top);
  let best = { cost: Infinity };
  const weigh = (free) => {
    const box = within(free, frame);
    const { upright } = free;
    const held = before && Math.hypot(box.left - wanted.left - before.left, box.top - wanted.top - before.top) < 2;
    let cost = far(box) + (upright ? UPRIGHT : 0) - (held ? STAYS : 0);
    if (cost >= best.cost) return;
    for (const other of taken) if (meets(box, other, SLACK)) cost += AWAY;
    for (const [dear, covers] of obstacles) {
      if (cost >= best.cost) return;
      if (covers(box)) cost += dear;
    }
    if (cost < best.cost) best = { cost, box, upright };
  };
  weigh(wanted);
  if (before) {
    const { left, top, upright } = before;
    const turned = upright ? { width: wanted.height, height: wanted.width } : wanted;
    weigh({ ...boxAt(wanted.left + left, wanted.top + top, turned), upright });
  }
  // Any other place costs more than nothing.
  if (best.cost > 0) for (const free of others(text, frame, plot)) weigh(free);
  return best.cost < most ? best : null;
}

const isLabel = ({ model }) => (model.type === "Label" || model.type === "LabelSet") && model.visible;

function takeOver(Bokeh) {
  const { TextBox } = Bokeh.require("core/graphics");
  const { PlotView } = Bokeh.require("models/plots/plot_canvas");
  const { LabelView } = Bokeh.require("models/annotations/label");
  const { LabelSetView } = Bokeh.require("models/annotations/label_set");
  const standing = new WeakMap(); // by view: what it paints
  const kept = new WeakMap(); // by view: how far from where it asks to be each text stood

  function place(plot) {
    const views = plot.computed_renderer_views.filter(isLabel);
    if (!views.length) return;
    const frame = plot.frame.bbox;
    const obstacles = plot.computed_renderer_views.map((each) => obstacleOf(each, plot)).filter(Boolean);
    const texts = views.flatMap((view) => {
      standing.set(view, []);
      return textsOf(view, { TextBox });
    });
    texts.sort((a, b) => LATER.indexOf(a.way) - LATER.indexOf(b.way));
    const taken = [];
    for (const text of texts) {
      const { view, i, wanted } = text;
      if (!kept.has(view)) kept.set(view, new Map());
      const found = settle(text, frame, taken, obstacles, plot, kept.get(view).get(i));
      if (!found) continue;
      const { box, upright } = found;
      kept.get(view).set(i, { left: box.left - wanted.left, top: box.top - wanted.top, upright });
      taken.push(box);
      standing.get(view).push({ ...text, box, upright });
    }
  }

  const { _paint_levels: levels } = PlotView.prototype;
  PlotView.prototype._paint_levels = function (ctx, level, ...clip) {
    if (level === "annotation") place(this);
    levels.call(this, ctx, level, ...clip);
  };
  for (const { prototype } of [LabelView, LabelSetView]) {
    const { _paint: paint } = prototype;
    prototype._paint = function (ctx) {
      if (!standing.has(this)) {
        paint.call(this, ctx);
        return;
      }
      for (const { drawn, box, upright, i } of standing.get(this)) {
        ctx.beginPath();
        ctx.rect(box.left, box.top, box.width, box.height);
        this.visuals.background_fill.apply(ctx, ...(this.model.type === "LabelSet" ? [i] : []));
        drawn.position = { sx: box.left, sy: upright ? box.bottom : box.top, x_anchor: "left", y_anchor: "top" };
        drawn.angle = upright ? -Math.PI / 2 : 0;
        drawn.paint(ctx);
      }
    };
  }
}

// Must be called before the first figure is drawn.
export function placeLabels(Bokeh) {
  try {
    takeOver(Bokeh);
  } catch (error) {
    console.debug(`BokehJS ${Bokeh.version}: labels stand as they come. ${error}`);
  }
}
