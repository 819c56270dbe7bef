# A waterfall of parts: the last row, the limit, and the parts of another setting drawn beneath.
panel-total = Total
panel-limit = limit { $limit }
panel-ghosts = thin: { $whose }, { $total }
panel-start = start
