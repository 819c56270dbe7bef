"""Colours of the figures in the light and the dark theme.

The hues are the textbook's; where one fails a contrast of 4.5:1 on its ground it is darkened or
lightened. Series come from Bokeh's `Colorblind` palette and differ in dash and marker too.
"""

from __future__ import annotations

from dataclasses import dataclass

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
PALETTES = {"light": LIGHT, "dark": DARK}
