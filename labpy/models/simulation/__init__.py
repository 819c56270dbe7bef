"""Seeded simulators: single requests in queues, and single steps of a serving engine."""

from labpy.models.simulation.queues import (
    QueueTrace,
    poisson_arrivals,
    simulate_batch_server,
    simulate_queue,
)

__all__ = ["QueueTrace", "poisson_arrivals", "simulate_batch_server", "simulate_queue"]
