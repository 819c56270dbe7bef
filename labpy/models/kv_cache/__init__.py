"""The KV cache: what a token weighs, how much of the memory holds tokens, and who is thrown out.

:func:`plan` gives the steady fractions of each allocator in closed form, :func:`simulate_cache`
the same memory block by block over time, with requests that grow, wait and are preempted.
"""

from labpy.models.kv_cache.plan import (
    ALLOCATORS,
    CachePlan,
    bytes_per_token,
    plan,
    running_requests,
)
from labpy.models.kv_cache.simulate import (
    BLOCK_STATES,
    EVICTIONS,
    CacheCosts,
    CacheRun,
    recompute_s_per_token,
    simulate_cache,
    swap_s_per_token,
)
from labpy.models.kv_cache.trace import CacheTrace, lognormal_trace, sharegpt_trace

__all__ = [
    "ALLOCATORS",
    "BLOCK_STATES",
    "EVICTIONS",
    "CacheCosts",
    "CachePlan",
    "CacheRun",
    "CacheTrace",
    "bytes_per_token",
    "lognormal_trace",
    "plan",
    "recompute_s_per_token",
    "running_requests",
    "sharegpt_trace",
    "simulate_cache",
    "swap_s_per_token",
]
