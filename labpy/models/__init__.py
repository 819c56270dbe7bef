"""Mathematics of distributed inference: queues, networks, serving, memory and cost.

Nothing in here knows of a page: numpy and the standard library only. Units are SI and stand in
the names (``_s``, ``_bytes``, ``_bytes_per_s``, ``_w``); a GB is 1e9 bytes, a GiB is 2**30.
"""
