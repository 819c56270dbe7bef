"""The desktop twin lays out the same views."""

from labpy.browser.desktop import app


def test_the_desktop_app_has_every_knob_and_says_what_the_figure_shows():
    row = app("cloud", 1)
    knobs, figures = row.objects
    assert len(knobs.objects) == 4
    assert "requests/s" in figures.objects[-1].object
