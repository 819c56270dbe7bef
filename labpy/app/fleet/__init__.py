"""The open bench: the page `fleet/` behind the seam."""

from labpy.app.fleet.bench import FleetLab

__all__ = ["FleetLab"]
