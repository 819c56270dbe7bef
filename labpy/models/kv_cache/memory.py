"""Memory managers of the simulation: pages, and contiguous chunks from a buddy allocator.

Both work in cells of ``block_tokens`` slots. A holding is the tuple of its cells (pages) or a
(start, size) pair (a chunk).
"""

import heapq


class Pages:
    """Cells handed out one at a time, the lowest first, from anywhere."""

    def __init__(self, cells: int) -> None:
        self.cells = cells
        self._free = list(range(cells))

    @property
    def free_cells(self) -> int:
        """Cells that nobody holds."""
        return len(self._free)

    def take(self, count: int) -> list[int] | None:
        """Take ``count`` cells, or none at all if fewer are free."""
        if count > len(self._free):
            return None
        return [heapq.heappop(self._free) for _ in range(count)]

    def give_back(self, cells: list[int]) -> None:
        """Free a holding."""
        for cell in cells:
            heapq.heappush(self._free, cell)


class Buddies:
    """Chunks of a power of two of cells, each aligned to its size; freed halves join again."""

    def __init__(self, cells: int) -> None:
        self.cells = cells
        self._free: dict[int, set[int]] = {}
        start = 0
        for order in reversed(range(cells.bit_length())):
            if cells >> order & 1:
                self._free.setdefault(order, set()).add(start)
                start += 1 << order

    @property
    def free_cells(self) -> int:
        """Cells that nobody holds, usable or not."""
        return sum(len(starts) << order for order, starts in self._free.items())

    def take(self, count: int) -> list[int] | None:
        """Take one chunk of at least ``count`` cells, or none if no hole is large enough."""
        wanted = (count - 1).bit_length()
        fitting = [order for order, starts in self._free.items() if starts and order >= wanted]
        if not fitting:
            return None
        order = min(fitting)
        start = min(self._free[order])
        self._free[order].remove(start)
        while order > wanted:
            order -= 1
            self._free.setdefault(order, set()).add(start + (1 << order))
        return list(range(start, start + (1 << wanted)))

    def give_back(self, cells: list[int]) -> None:
        """Free a chunk and join it with its free buddies."""
        start, order = cells[0], len(cells).bit_length() - 1
        while True:
            buddy = start ^ (1 << order)
            same = self._free.setdefault(order, set())
            if buddy not in same or max(start, buddy) + (1 << order) > self.cells:
                same.add(start)
                return
            same.remove(buddy)
            start, order = min(start, buddy), order + 1


class Slots:
    """Chunks of one size, the reservation of the longest request allowed."""

    def __init__(self, cells: int, slot_cells: int) -> None:
        self.cells = cells
        self._slot_cells = slot_cells
        self._free = list(range(0, cells - slot_cells + 1, slot_cells))
        self._odd_cells = cells - len(self._free) * slot_cells

    @property
    def free_cells(self) -> int:
        """Cells that nobody holds, the odd rest at the end included."""
        return len(self._free) * self._slot_cells + self._odd_cells

    def take(self, count: int) -> list[int] | None:
        """Take a whole slot, whatever ``count`` is."""
        if not self._free or count > self._slot_cells:
            return None
        start = heapq.heappop(self._free)
        return list(range(start, start + self._slot_cells))

    def give_back(self, cells: list[int]) -> None:
        """Free a slot."""
        heapq.heappush(self._free, cells[0])
