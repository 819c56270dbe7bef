// What BokehJS does at every change of a figure that our figures have no use for. It is left out,
// because it was more than half of each repaint. The names are BokehJS's own, so a new version
// may not have them any more: then nothing is left out, and the figures are drawn as before.

// Bokeh lets a style sheet overrule each property of each mark by a variable of its own, and asks
// the browser for every one of them, at every paint. The page has no such variables.
function withoutStyleLookups({ VisualProperties }) {
  VisualProperties.prototype._get_css_value = () => "";
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

const SAVINGS = [
  ["core/visuals/visual", withoutStyleLookups],
  ["models/plots/plot_canvas", withoutFontLookups],
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
