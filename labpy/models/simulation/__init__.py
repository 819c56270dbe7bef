"""Seeded simulators: single requests in queues, and single steps of a serving engine."""

from labpy.models.simulation.fleet import FleetTrace, simulate_fleet
from labpy.models.simulation.queues import (
    QueueTrace,
    poisson_arrivals,
    simulate_batch_server,
    simulate_queue,
)
from labpy.models.simulation.routing import simulate_routing
from labpy.models.simulation.serving import ServingTrace, simulate_serving
from labpy.models.simulation.speculation import Speculation
from labpy.models.simulation.static import simulate_static

__all__ = [
    "FleetTrace",
    "QueueTrace",
    "ServingTrace",
    "Speculation",
    "poisson_arrivals",
    "simulate_batch_server",
    "simulate_fleet",
    "simulate_queue",
    "simulate_routing",
    "simulate_serving",
    "simulate_static",
]
