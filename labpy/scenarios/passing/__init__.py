"""Records for the strip, one module a track: what passes through each part's fleet, and when."""
