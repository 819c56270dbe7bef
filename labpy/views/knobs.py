"""One Material widget for each knob, bound to its parameter."""

from __future__ import annotations

from typing import Any

import panel_material_ui as pmui
from bokeh.models import NumeralTickFormatter, PrintfTickFormatter, TickFormatter
from panel.viewable import Viewable
from panel.widgets import Widget

from labpy.instruments.figures.palette import FONT, palette_of
from labpy.missions import Knob
from labpy.state.parts import PartState

# The page's own text names the knob, explains it and shows its value, so the widgets show none of
# that; the label stays as the control's accessible name. The page's style sheets end at Material's
# shadow root, so focus, stillness and forced colours are said here once more. Nothing glides to
# where it goes: ten frames with a new layout each would compete with the figure.
LOOK = """
.MuiFormLabel-root, .MuiInputLabel-root, fieldset legend { display: none !important; }
button:focus-visible, .MuiSlider-thumb:has(input:focus-visible),
.MuiSwitch-switchBase:has(input:focus-visible) .MuiSwitch-thumb {
  outline: 3px solid var(--accent); outline-offset: 2px; z-index: 1;
}
[role="combobox"]:focus-visible { outline: 3px solid var(--accent) !important; }
.MuiSlider-thumb, .MuiSlider-track, .MuiToggleButton-root,
.MuiSwitch-switchBase, .MuiSwitch-thumb, .MuiSwitch-track { transition: none !important; }
@media (prefers-reduced-motion: reduce) {
  *, *::before, *::after { animation: none !important; transition: none !important; }
}
@media (forced-colors: active) {
  .MuiSlider-rail, .MuiSlider-track, .MuiSlider-thumb, .MuiSwitch-track, .MuiSwitch-thumb {
    border: 1px solid CanvasText;
  }
  .MuiSlider-track, .MuiSlider-thumb, .Mui-checked .MuiSwitch-thumb, button[aria-pressed="true"] {
    forced-color-adjust: none; background: Highlight; color: HighlightText;
  }
}
"""
MOST_BUTTONS = 5  # side by side; more names are a menu, while numbers are short
PLAIN = {
    "sizing_mode": "stretch_width",
    "margin": 0,
    "description": "",
    "stylesheets": [LOOK],
}


def theme_config(theme: str) -> dict[str, Any]:
    """Give the Material theme in the page's colours."""
    palette = palette_of(theme)
    return {
        "palette": {"primary": {"main": palette.accent}, "text": {"primary": palette.text}},
        "typography": {"fontFamily": FONT, "button": {"textTransform": "none"}},
        # A ripple is half a second of frames that the figure has to share.
        "components": {"MuiButtonBase": {"defaultProps": {"disableRipple": True}}},
    }


def knob_widget(state: PartState, knob: Knob, theme: str) -> Widget:
    """Make the control of a knob, two ways bound to its parameter."""
    parameter = state.param[knob.key]
    look = PLAIN | {"dark_theme": palette_of(theme).dark, "theme_config": theme_config(theme)}
    if knob.kind == "switch":
        widget = pmui.Switch.from_param(parameter, **look)
    elif isinstance(knob.start, str) and len(knob.choices) > MOST_BUTTONS:
        widget = pmui.Select.from_param(parameter, size="small", **look)
    elif knob.kind == "choice":
        widget = pmui.RadioButtonGroup.from_param(parameter, size="small", **look)
    else:
        kind = pmui.IntSlider if knob.kind == "int" else pmui.FloatSlider
        shown = {"show_value": False, "tooltips": False}
        widget = kind.from_param(parameter, format=spoken(knob), **shown, **look)
    # Panel counts for its spinner what is busy. The lab has none, and a knob should answer at once.
    widget._busy__ignore = ["value", "data.value"]
    return widget


class Controls:
    """The controls of some knobs, each by the id of the element that takes it.

    Parameters
    ----------
    number : what the ids of the elements begin with.
    state : what the controls are bound to.
    theme : the look, as `palette_of` takes it.
    """

    def __init__(self, number: int, state: PartState, theme: str) -> None:
        self._number = number
        self._widgets = {knob.key: knob_widget(state, knob, theme) for knob in state.knobs}

    def knob_roots(self) -> dict[str, Viewable]:
        """Give the controls, keyed by the id of the element that takes each."""
        return {f"p{self._number}-knob-{key}": each for key, each in self._widgets.items()}

    def recolor(self, theme: str) -> None:
        """Give the controls the colours of a theme."""
        for widget in self._widgets.values():
            recolor(widget, theme)


def spoken(knob: Knob) -> TickFormatter:
    """Make a slider's value with its unit, as a screen reader says it and the page shows it."""
    if knob.factor == 1:
        place = "\0"
        text = knob.pattern(place).replace("%", "%%")
        return PrintfTickFormatter(format=text.replace(place, "%g"))
    return NumeralTickFormatter(format="0[.]0%")  # a share: the only dial not in the unit shown


def recolor(widget: Widget, theme: str) -> None:
    """Give a control the colours of another theme."""
    widget.param.update(dark_theme=palette_of(theme).dark, theme_config=theme_config(theme))
