"""Speaking: each picture in one sentence, a table and formulas, as messages."""
