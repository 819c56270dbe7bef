# A waterfall of parts: the last row, the limit, and the parts of another setting drawn beneath.
panel-total = Total
panel-limit = límite { $limit }
panel-ghosts = finas: { $whose }, { $total }
panel-start = inicio
