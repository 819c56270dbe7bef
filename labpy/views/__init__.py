"""Views: Panel lays the knobs and figures into the page's slots, and nothing else does."""
