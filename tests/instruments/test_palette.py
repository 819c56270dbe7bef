"""The looks of the figures: light, dark, with more contrast, and in the system's own colours."""

from __future__ import annotations

import pytest

from labpy.instruments.figures.palette import PALETTES, palette_of
from tests.contrast import contrast

FORCED = "forced #000000 #ffffff #3ff23f #1aebff #ffff00"


@pytest.mark.parametrize(("look", "least"), [("light", 4.5), ("light-more", 7), ("dark-more", 7)])
def test_words_stand_out_from_the_ground(look: str, least: float):
    palette = PALETTES[look]
    for name in ("text", "quiet", "good", "bad", "warn"):
        assert contrast(getattr(palette, name), palette.ground) >= least, name


def test_more_contrast_gives_a_grid_that_can_be_seen():
    for look in ("light", "dark"):
        more, usual = PALETTES[f"{look}-more"], PALETTES[look]
        assert contrast(more.grid, more.ground) > contrast(usual.grid, usual.ground)


def test_forced_colours_are_the_system_s_and_no_others():
    palette = palette_of(FORCED)
    assert (palette.ground, palette.text, palette.accent) == ("#000000", "#ffffff", "#1aebff")
    every = {palette.quiet, palette.grid, palette.good, palette.bad, palette.warn}
    assert every | set(palette.series) | set(palette.fills) <= set(FORCED.split()[1:])
    assert palette.dark
    assert not PALETTES["light"].dark


@pytest.mark.parametrize("look", ["", "purple", "forced", "forced #000000", FORCED + ";"])
def test_an_unknown_look_is_refused(look: str):
    with pytest.raises(ValueError, match="look must be"):
        palette_of(look)
