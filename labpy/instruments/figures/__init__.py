"""Drawing: each instrument as a Bokeh figure that is made once and then only fed."""
