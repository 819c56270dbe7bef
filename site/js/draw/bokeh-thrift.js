// What BokehJS does at every change of a figure that our figures have no use for. It is left out,
// because it was more than half of each repaint. The names are BokehJS's own, so a new version
// may not have them any more: then nothing is left out, and the figures are drawn as before.
import { picturedAxes } from "./axis-pictures.js";

// Bokeh lets a style sheet overrule each property of each mark by a variable of its own, and asks
// the browser for every one of them, at every paint. The page has no such variables.
function withoutStyleLookups({ VisualProperties }) {
  VisualProperties.prototype._get_css_value = () => "";
}

// Every painter of a figure has an element, whose place is written into a style sheet at every paint.
// The same words are a new sheet to a browser, which then computes styles anew, and has to before it
// sets the next font.
function withoutEqualSheets({ InlineStyleSheet }) {
  const { _update: update } = InlineStyleSheet.prototype;
  InlineStyleSheet.prototype._update = function (css) {
    if (this.el.textContent !== css) update.call(this, css);
  };
}

// What is painted on a canvas has an element besides, which moves with it at every paint, though
// nothing stands in it. Only those beside the frame have a part in the page's layout.
function withoutElements({ RendererView }) {
  const { update_position: update } = RendererView.prototype;
  RendererView.prototype.update_position = function () {
    if (this.panel != null) update.call(this);
    else this.position.replace(":host { display: none; }");
  };
}

// Marks outside the frame are looked for at every paint, so as to leave them out. The canvas clips
// them anyway, and ours are few.
function withoutMasks({ GlyphView }, { Indices }) {
  GlyphView.prototype.mask_data = function () {
    return Indices.all_set(this.data_size);
  };
}

// The colours and hatches of marks are worked out anew whenever their numbers change, each hatch on
// a canvas of its own. They stay while all that they come from is the same.
const sameColumn = (a, b) =>
  a === b || (a?.length !== undefined && a.length === b?.length && a.every((each, i) => each === b[i]));

function looksOf(glyph, source, indices) {
  const looks = [indices.count, source.get_length()];
  for (const property of glyph._iter_visuals()) {
    const given = property.get_value();
    if (given?.expr || given?.transform) return null; // may change by itself
    looks.push(given, given?.field === undefined ? null : source.get_column(given.field));
  }
  return looks;
}

function withoutEqualLooks({ GlyphView }) {
  const known = new WeakMap();
  const { set_visuals: set } = GlyphView.prototype;
  GlyphView.prototype.set_visuals = function (source, indices) {
    const [before, now] = [known.get(this), looksOf(this, source, indices)];
    known.set(this, now);
    if (!before || !now || !now.every((each, i) => sameColumn(each, before[i]))) {
      set.call(this, source, indices);
    }
  };
}

// A figure's font size is asked for by each of its axes and titles, at every paint; ours are given
// in pixels.
function withoutFontLookups({ PlotView }) {
  const sizes = new WeakMap();
  const { get } = Object.getOwnPropertyDescriptor(PlotView.prototype, "base_font_size");
  Object.defineProperty(PlotView.prototype, "base_font_size", {
    get() {
      if (!sizes.has(this)) sizes.set(this, get.call(this));
      return sizes.get(this);
    },
  });
}

// Each glyph has four doubles: selected, not selected, muted, thinned out while it is dragged. All
// of them take in every change, hatches included. Our figures can do none of the four.
const DOUBLES = ["selection_glyph", "nonselection_glyph", "muted_glyph", "decimated_glyph"];
const idle = {
  set_data: async () => {},
  set_visuals() {},
  after_visuals() {},
  after_lazy_visuals: async () => {},
  map_data() {},
};

function withoutDoubles({ GlyphRendererView }) {
  const { lazy_initialize: initialize } = GlyphRendererView.prototype;
  GlyphRendererView.prototype.lazy_initialize = async function () {
    await initialize.call(this);
    for (const name of DOUBLES) Object.assign(this[name], idle);
  };
}

// Bokeh waits for the next frame before it paints. Our changes come as answers of the worker, some
// time within a frame, and painting is most of what is left to do: it is begun at once, when all
// that one answer changes has been taken in, and shown by that same next frame. Whatever else
// changes before then waits for the frame, as ever. Bokeh takes a change in by a chain of promises;
// a longer chain comes after it, and still before the browser may put a frame in between.
const TURNS = 64;

async function takenIn() {
  for (let turn = 0; turn < TURNS; turn += 1) await null;
}

function paintedAtOnce({ PlotView }) {
  const states = new WeakMap();

  const paint = (view, state) => {
    state.asked = null;
    state.painted = true;
    requestAnimationFrame(() => {
      state.painted = false;
    });
    if (!view.is_destroyed) view.repaint();
  };
  const ask = (view, state) =>
    new Promise((resolve, reject) => {
      const run = () => {
        try {
          resolve(paint(view, state));
        } catch (error) {
          reject(error);
        }
      };
      if (state.painted) requestAnimationFrame(run);
      else takenIn().then(run);
    });
  PlotView.prototype.schedule_paint = function () {
    if (this.is_paused) return;
    if (!states.has(this)) states.set(this, { asked: null, painted: false });
    const state = states.get(this);
    state.asked ??= ask(this, state);
    this._await_ready(state.asked);
  };
}

const SAVINGS = [
  ["models/axes/axis", (axes) => picturedAxes(axes, Bokeh.require("core/util/canvas"))],
  ["core/dom", withoutEqualSheets],
  ["models/renderers/renderer", withoutElements],
  ["models/glyphs/glyph", (glyphs) => withoutMasks(glyphs, Bokeh.require("core/types"))],
  ["models/glyphs/glyph", withoutEqualLooks],
  ["core/visuals/visual", withoutStyleLookups],
  ["models/plots/plot_canvas", withoutFontLookups],
  ["models/plots/plot_canvas", paintedAtOnce],
  ["models/renderers/glyph_renderer", withoutDoubles],
];

// Must be called before the first figure is drawn.
export function makeThrifty(Bokeh) {
  for (const [module, save] of SAVINGS) {
    try {
      save(Bokeh.require(module));
    } catch (error) {
      console.debug(`BokehJS ${Bokeh.version}: ${module} is drawn as it comes. ${error}`);
    }
  }
}
