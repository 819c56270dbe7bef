"""Colours of the figures in the light and the dark theme.

The hues are the textbook's; where one fails a contrast of 4.5:1 on its ground it is darkened or
lightened. Series come from Bokeh's `Colorblind` palette and differ in dash and marker too.

A look is told as one text: "light" or "dark", with "-more" where more contrast is asked for, or
"forced" and the system's own colours, where the reader's system chooses all of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from bokeh.palettes import Colorblind

FONT = "Inter, system-ui, sans-serif"


@dataclass(frozen=True)
class Palette:
    """One theme: grounds, text, lines, and the colours that mean something."""

    ground: str
    text: str
    quiet: str
    grid: str
    accent: str
    good: str
    bad: str
    warn: str
    series: tuple[str, ...]
    fills: tuple[str, ...]  # areas: 3:1 on the ground; each differs by hatch and label too

    @property
    def dark(self) -> bool:
        """Tell whether the ground is nearer to black than to white."""
        channels = (int(self.ground[i : i + 2], 16) for i in (1, 3, 5))
        return sum(channels) < 3 * 128


LIGHT = Palette(
    ground="#ffffff",
    text="#0f172a",
    quiet="#475569",
    grid="#e2e8f0",
    accent="#2563eb",
    good="#007a3a",
    bad="#b81d2a",
    warn="#b34700",
    series=(Colorblind[8][0], "#007a5c", "#9c5a8a", "#b34700"),
    fills=("#64748b", "#0072b2", "#b97f00", "#d55e00", "#b0588a", "#00896a", "#334155"),
)
DARK = Palette(
    ground="#111827",
    text="#f1f5f9",
    quiet="#a3b1c6",
    grid="#2b3648",
    accent="#93b4ff",
    good="#4ade80",
    bad="#fb7185",
    warn="#fdba74",
    series=("#56b4e9", "#e8a33d", "#d79bc4", "#4fd1a5"),
    fills=("#94a3b8", "#4aa3df", "#e8b33d", "#ee7c3f", "#d79bc4", "#35c29a", "#d5dde8"),
)
# More contrast: what is quiet speaks up, every line can be seen.
LIGHT_MORE = replace(
    LIGHT, quiet="#1e293b", grid="#94a3b8", good="#00562a", bad="#8f0f1b", warn="#7a3000"
)
DARK_MORE = replace(DARK, quiet="#e2e8f0", grid="#64748b", bad="#fda4af")
PALETTES = {"light": LIGHT, "dark": DARK, "light-more": LIGHT_MORE, "dark-more": DARK_MORE}

FORCED = re.compile(r"forced((?: #[0-9a-f]{6}){5})")


@lru_cache(maxsize=16)
def palette_of(look: str) -> Palette:
    """Give the palette of a look.

    A forced one names the system's `Canvas`, `CanvasText`, `GrayText`, `Highlight` and `LinkText`,
    in this order, as #rrggbb. Lines then differ by dash, areas by hatch, and all by their words.
    ValueError for an unknown look.
    """
    if look in PALETTES:
        return PALETTES[look]
    if not (forced := FORCED.fullmatch(look)):
        raise ValueError(f"look must be one of {sorted(PALETTES)} or forced colours, not {look!r}")
    ground, text, gray, highlight, link = forced[1].split()
    return Palette(
        ground=ground, text=text, quiet=text, grid=gray, accent=highlight, good=text, bad=text,
        warn=text, series=(link, text, link, text), fills=(text,) * len(LIGHT.fills),
    )  # fmt: skip
