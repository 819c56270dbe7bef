"""One Material widget for each knob, bound to its parameter."""

from __future__ import annotations

import panel_material_ui as pmui
from panel.widgets import Widget

from labpy.missions import Knob
from labpy.state.parts import PartState

# The page's own text names the knob and shows its value, so the widgets hide theirs; the label
# stays as the control's accessible name.
SLIDER = {"sizing_mode": "stretch_width", "show_value": False, "margin": (0, 8)}


def knob_widget(state: PartState, knob: Knob) -> Widget:
    """Make the control of a knob, two ways bound to its parameter."""
    parameter = state.param[knob.key]
    if knob.kind == "switch":
        return pmui.Switch.from_param(parameter, sizing_mode="stretch_width", margin=0)
    if knob.kind == "choice":
        return pmui.RadioButtonGroup.from_param(
            parameter, sizing_mode="stretch_width", size="small", margin=0
        )
    kind = pmui.IntSlider if knob.kind == "int" else pmui.FloatSlider
    return kind.from_param(parameter, **SLIDER)
