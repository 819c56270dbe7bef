"""Instruments: a result of the models becomes a figure, a table, one sentence and formulas."""
