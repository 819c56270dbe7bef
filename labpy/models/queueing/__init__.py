"""Queues under Poisson arrivals, and of even streams, by Kendall's names.

Waiting time is in the queue only; response time is wait plus service. Rates are per second and
broadcast. Overload is no error: times are ``inf`` and ``stable`` is False.
"""

from labpy.models.queueing.batch import BatchResult, batch_server
from labpy.models.queueing.deterministic import md1
from labpy.models.queueing.general import mg1
from labpy.models.queueing.markovian import mm1, mmc
from labpy.models.queueing.periodic import ndd1
from labpy.models.queueing.result import QueueResult

__all__ = ["BatchResult", "QueueResult", "batch_server", "md1", "mg1", "mm1", "mmc", "ndd1"]
