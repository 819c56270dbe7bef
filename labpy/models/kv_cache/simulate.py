"""The KV cache step by step: requests grow, wait, stall, and are thrown out and fetched back."""

import math
from collections import deque
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from labpy.models import _checks
from labpy.models.kv_cache.memory import Buddies, Pages, Slots
from labpy.models.kv_cache.plan import ALLOCATORS
from labpy.models.kv_cache.trace import CacheTrace
from labpy.models.registry import Link, link
from labpy.models.serving.deployment import Deployment
from labpy.models.serving.phases import prefill

BLOCK_STATES = (
    "free",
    "token_state",
    "reserved",
    "internal_fragmentation",
    "external_fragmentation",
)
"""What a cell of a frame means; its number is the index here."""
FREE, TOKEN, RESERVED, INTERNAL, EXTERNAL = range(len(BLOCK_STATES))
EVICTIONS = ("none", "fifo", "lru", "shortest_remaining")
PREEMPTIONS = ("recompute", "swap")


def swap_s_per_token(link_key: Link | str, bytes_per_token: float) -> float:
    """Seconds to move one token's keys and values over a link, one way.

    Examples
    --------
    >>> round(swap_s_per_token("pcie5", 327680) * 1e6, 1)  # Llama-3-70B, microseconds
    6.5
    """
    record = link(link_key) if isinstance(link_key, str) else link_key
    size = _checks.single_positive("bytes_per_token", bytes_per_token)
    return size / (record.bandwidth_bytes_per_s * record.bulk_efficiency)


def recompute_s_per_token(deployment: Deployment, tokens: int = 1024) -> float:
    """Seconds to compute one token's keys and values again, as part of a prefill of ``tokens``.

    Examples
    --------
    >>> from labpy.models.serving import Deployment
    >>> replica = Deployment("llama-3-70b", "h100-sxm", tensor_parallel_size=8)
    >>> again_s = recompute_s_per_token(replica)
    >>> again_s > swap_s_per_token("pcie5", replica.kv_bytes_per_token)
    True
    """
    tokens = _checks.single_count("tokens", tokens)
    return float(prefill(deployment, tokens).total_s) / tokens


@dataclass(frozen=True)
class CacheCosts:
    """Time that things take. The defaults are an assumption: a 70B model on 8 H100, rounded.

    Attributes
    ----------
    step_s
        A decode step, whatever the batch.
    step_s_per_request
        What each request adds to it.
    prefill_s_per_token
        Computing a prompt, or computing a preempted request's tokens again.
    swap_s_per_token
        Moving a token's keys and values to or from host memory; see :func:`swap_s_per_token`.
    """

    step_s: float = 0.015
    step_s_per_request: float = 1e-4
    prefill_s_per_token: float = 5e-5
    swap_s_per_token: float = 6.5e-6

    def __post_init__(self) -> None:
        """Check the arguments."""
        _checks.single_positive("step_s", self.step_s)
        for name in ("step_s_per_request", "prefill_s_per_token", "swap_s_per_token"):
            _checks.single_non_negative(name, getattr(self, name))


@dataclass(frozen=True, eq=False)
class CacheRun:
    """What a simulated server did, and frames of its memory.

    Attributes
    ----------
    frames
        Cells of the memory over time, uint8 of shape (frames, cells): an index of
        ``BLOCK_STATES``, the state of the cell's middle slot.
    fractions
        Exact shares of the slots by state, shape (frames, 5).
    frame_s, running, waiting
        Time of each frame, and the requests running and waiting then; shape (frames,).
    mean_fractions
        Shares by state, averaged over time, shape (5,).
    mean_running
        Requests in the cache, averaged over time.
    completed, rejected
        Requests that ended, and requests that were turned away or aborted.
    preemptions
        How often a request was thrown out.
    stalls
        How often a request in the cache could not take its next token for want of a block.
    lost_time_fraction
        Share of the time spent on recomputing and swapping: thrashing when it is large.
    output_tokens_per_s
        Throughput, of completed requests.
    ttft_p99_s, response_p50_s, response_p99_s
        Quantiles of the time to the first token and to the last, over completed requests.
    pause_p99_s
        Quantile of the longest wait of a request between two tokens.
    response_s
        Response times of the completed requests in order of arrival.
    stays
        Each stay of a request in the cache, shape (stays, 4): since when it waited, when it was let
        in, when it left, all in s, and 1 if it was thrown out or aborted, else 0; in the order in
        which they were let in.
    """

    frames: NDArray[np.uint8] = field(repr=False)
    fractions: NDArray[np.float64] = field(repr=False)
    frame_s: NDArray[np.float64] = field(repr=False)
    running: NDArray[np.int64] = field(repr=False)
    waiting: NDArray[np.int64] = field(repr=False)
    mean_fractions: NDArray[np.float64]
    mean_running: float
    completed: int
    rejected: int
    preemptions: int
    stalls: int
    lost_time_fraction: float
    output_tokens_per_s: float
    ttft_p99_s: float
    response_p50_s: float
    response_p99_s: float
    pause_p99_s: float
    response_s: NDArray[np.float64] = field(repr=False)
    stays: NDArray[np.float64] = field(repr=False)


def simulate_cache(
    trace: CacheTrace,
    budget_tokens: int,
    max_tokens: int = 2048,
    allocator: str = "paged",
    block_tokens: int = 16,
    eviction: str = "lru",
    preemption: str = "recompute",
    preemption_budget: int = 8,
    costs: CacheCosts | None = None,
    max_running: int = 256,
    patience_s: float = math.inf,
    max_frames: int = 240,
) -> CacheRun:
    """Serve a trace with continuous batching in a KV cache of limited size.

    Parameters
    ----------
    trace
        The requests; see :func:`labpy.models.kv_cache.lognormal_trace`.
    budget_tokens
        Slots of the cache, ``budget_bytes / bytes_per_token``.
    max_tokens
        The longest request allowed.
    allocator
        See :func:`labpy.models.kv_cache.plan`. Contiguous allocators reserve to the end, so that
        nothing is ever preempted.
    block_tokens
        Tokens of a block, and of a cell of the frames.
    eviction
        Whom ``"paged"`` throws out when a request needs a block and none is free. ``"none"``:
        nobody, the request stalls. ``"fifo"``: who was admitted first. ``"lru"``: who got a token
        longest ago; all that decode get one in every step, and ties go to the last to arrive, which
        is vLLM's rule. ``"shortest_remaining"`` keeps those with the shortest output ahead and
        throws out the longest; it knows the future, so it is a bound rather than a policy.
    preemption
        ``"recompute"`` drops the blocks and prefills them again on return; ``"swap"`` moves them to
        host memory and back.
    preemption_budget
        Requests admitted beyond those that fit if all grew to ``max_tokens``: the number that may
        have to be out at once. 0 never preempts and leaves the memory empty (requests wait);
        a large one admits whatever fits now, and pays by throwing out.
    costs
        Seconds of steps, prefills and swaps.
    max_running
        Most requests in a batch.
    patience_s
        A request that has waited this long for admission is turned away.
    max_frames
        Most frames to keep; they are evenly spaced in steps.

    Raises
    ------
    ValueError
        If an argument is out of range, a request is longer than ``max_tokens``, or the cache is
        too small for one request of ``max_tokens``.

    Notes
    -----
    Deterministic: the trace alone carries the chance. If with ``"none"`` every running request
    stalls, the last admitted is aborted and counted as rejected.

    Examples
    --------
    >>> from labpy.models.kv_cache import sharegpt_trace
    >>> trace = sharegpt_trace(100, 20.0)
    >>> slots = simulate_cache(trace, 15_700, allocator="contiguous_max")
    >>> pages = simulate_cache(trace, 15_700, allocator="paged", preemption_budget=64)
    >>> pages.response_p99_s < slots.response_p99_s
    True
    >>> slots.frames.shape[1], pages.completed
    (981, 100)
    """
    tokens = _checks.single_count("budget_tokens", budget_tokens)
    limit = _checks.single_count("max_tokens", max_tokens)
    _checks.choice("allocator", allocator, ALLOCATORS)
    block = _checks.single_count("block_tokens", block_tokens)
    _checks.choice("eviction", eviction, EVICTIONS)
    _checks.choice("preemption", preemption, PREEMPTIONS)
    budget = _checks.single_count("preemption_budget", preemption_budget, 0)
    most = _checks.single_count("max_running", max_running)
    frames = _checks.single_count("max_frames", max_frames, 2)
    if not patience_s > 0:
        raise ValueError(
            f"patience_s must be greater than 0 (infinity allowed), got {patience_s!r}"
        )
    if (trace.final_tokens > limit).any():
        raise ValueError(f"trace must hold no request longer than max_tokens ({limit})")
    _check_room(tokens, limit, block, allocator)
    server = _Server(trace, tokens // block, block, limit, allocator, costs or CacheCosts())
    server.policy = _Policy(eviction, preemption == "swap", budget, most, patience_s)
    film = _Film(frames)
    server.run(film)
    return server.report(film)


def _check_room(tokens: int, limit: int, block: int, allocator: str) -> None:
    """Raise unless the longest request fits: in a chunk of a power of two, if it must be one."""
    have, need = tokens // block, -(-limit // block)
    if allocator in ("contiguous_pow2", "contiguous_oracle"):
        have, need = 1 << max(have.bit_length() - 1, 0), 1 << (need - 1).bit_length()
    if have < need:
        raise ValueError(
            f"budget_tokens must hold one request of max_tokens ({limit}), for this allocator "
            f"{need * block} tokens; got {tokens}"
        )


@dataclass(frozen=True)
class _Policy:
    eviction: str
    swap: bool
    budget: int
    max_running: int
    patience_s: float


@dataclass(slots=True, eq=False)
class _Request:
    """A request and its holding."""

    index: int
    arrival_s: float
    prompt: int
    output: int
    reserve: int  # slots that a contiguous allocator sets aside
    done: int = 0
    cells: list[int] = field(default_factory=list)
    admitted: int = 0
    token_step: int = 0  # step of its last token
    token_s: float = math.nan  # time of its last token
    pause_s: float = 0.0
    first_s: float = math.nan
    was_preempted: bool = False
    since_s: float = 0.0  # it waits, or waited until it was let in
    stay: list[float] = field(default_factory=list)

    @property
    def held(self) -> int:
        """Tokens in the cache."""
        return self.prompt + self.done


class _Film:
    """Frames at even distances: when full, every second one goes and the distance doubles."""

    def __init__(self, limit: int) -> None:
        self.limit, self.every = limit, 1
        self.shots: list[tuple] = []

    def wants(self, step: int) -> bool:
        """Whether this step is to be kept."""
        return step % self.every == 0

    def keep(self, shot: tuple) -> None:
        """Add a frame."""
        if len(self.shots) == self.limit:
            self.shots = self.shots[::2]
            self.every *= 2
        self.shots.append(shot)


class _Server:
    """One replica: its queue, its batch and its memory."""

    policy: _Policy

    def __init__(
        self,
        trace: CacheTrace,
        cells: int,
        block: int,
        limit: int,
        allocator: str,
        costs: CacheCosts,
    ) -> None:
        self.block, self.costs, self.paged = block, costs, allocator == "paged"
        self.guaranteed = cells // -(-limit // block)
        if self.paged:
            self.memory = Pages(cells)
        elif allocator == "contiguous_max":
            self.memory = Slots(cells, -(-limit // block))
        else:
            self.memory = Buddies(cells)
        self.arrivals = deque(
            _Request(i, float(at), int(p), int(o), _reserve(int(p), int(o), limit, allocator))
            for i, (at, p, o) in enumerate(
                zip(trace.arrival_s, trace.prompt_tokens, trace.output_tokens, strict=True)
            )
        )
        self.waiting: deque[_Request] = deque()
        self.preempted: deque[_Request] = deque()
        self.running: list[_Request] = []
        self.finished: list[tuple[_Request, float]] = []
        self.stays: list[list[float]] = []
        self.now, self.step, self.admissions = 0.0, 0, 0
        self.preemptions = self.stalls = self.rejected = 0
        self.lost_s = 0.0
        self.blocked = False
        self.fraction_s = np.zeros(len(BLOCK_STATES))
        self.running_s = 0.0

    def run(self, film: _Film) -> None:
        """Step until all requests are done or turned away."""
        while self.arrivals or self.waiting or self.preempted or self.running:
            if not (self.waiting or self.preempted or self.running):
                self.now = max(self.now, self.arrivals[0].arrival_s)
            while self.arrivals and self.arrivals[0].arrival_s <= self.now:
                self.waiting.append(self.arrivals.popleft())
                self.waiting[-1].since_s = self.waiting[-1].arrival_s
            extra_s = self._admit()
            grown, swap_s = self._grow()
            duration_s = self.costs.step_s + self.costs.step_s_per_request * len(grown)
            duration_s += extra_s + swap_s
            self._account(duration_s, film)
            self.now += duration_s
            self.step += 1
            self._emit(grown)

    def _admit(self) -> float:
        """Let in who fits, the preempted first; seconds of prefill and swap that it takes."""
        while self.waiting and self.now - self.waiting[0].arrival_s > self.policy.patience_s:
            self.waiting.popleft()
            self.rejected += 1
        seconds = 0.0
        self.blocked = False
        most = self.policy.max_running
        if self.paged:
            most = min(most, self.guaranteed + self.policy.budget)
        while len(self.running) < most and (self.preempted or self.waiting):
            queue = self.preempted or self.waiting
            request = queue[0]
            slots = request.held + 1 if self.paged else request.reserve
            cells = self.memory.take(-(-slots // self.block))
            if cells is None:
                self.blocked = True
                break
            queue.popleft()
            request.cells = cells
            self.admissions += 1
            request.admitted = self.admissions
            self.running.append(request)
            request.stay = [request.since_s, self.now]
            self.stays.append(request.stay)
            seconds += self._arrival_cost_s(request)
        return seconds

    def _arrival_cost_s(self, request: _Request) -> float:
        """Prefill of a new request; recomputation or swapping in of one that was thrown out."""
        if not request.was_preempted:
            return request.prompt * self.costs.prefill_s_per_token
        swap, costs = self.policy.swap, self.costs
        per_token_s = costs.swap_s_per_token if swap else costs.prefill_s_per_token
        self.lost_s += request.held * per_token_s
        return request.held * per_token_s

    def _grow(self) -> tuple[list[_Request], float]:
        """Give each running request room for a token, the first admitted first."""
        grown: list[_Request] = []
        seconds = 0.0
        for request in list(self.running):
            if not request.cells:
                continue  # thrown out for one before it
            while self.paged and request.held >= len(request.cells) * self.block:
                more = self.memory.take(1)
                if more is not None:
                    request.cells += more
                    continue
                victim = self._victim()
                if victim is None:
                    break
                seconds += self._preempt(victim)
                if victim in grown:
                    grown.remove(victim)
                if victim is request:
                    break
            if request.cells and request.held < len(request.cells) * self.block:
                grown.append(request)
            elif request.cells:
                self.stalls += 1
        if not grown and self.running:
            self._abort_last()
        return grown, seconds

    def _victim(self) -> _Request | None:
        """Whom to throw out, by the eviction policy."""
        if self.policy.eviction == "none":
            return None
        if self.policy.eviction == "fifo":
            return min(self.running, key=lambda r: r.admitted)
        if self.policy.eviction == "lru":
            return min(self.running, key=lambda r: (r.token_step, -r.index))
        return max(self.running, key=lambda r: r.output - r.done)

    def _leave(self, request: _Request, unfinished: bool) -> None:
        """Take one out of the cache."""
        self.memory.give_back(request.cells)
        self.running.remove(request)
        request.stay += [self.now, float(unfinished)]

    def _preempt(self, victim: _Request) -> float:
        """Throw one out; seconds that moving it away takes."""
        self._leave(victim, unfinished=True)
        victim.cells = []
        victim.was_preempted = True
        victim.since_s = self.now
        self.preempted.append(victim)
        self.preemptions += 1
        if not self.policy.swap:
            return 0.0
        seconds = victim.held * self.costs.swap_s_per_token
        self.lost_s += seconds
        return seconds

    def _abort_last(self) -> None:
        """All stall on each other: end the last admitted one, so that the rest goes on."""
        last = max(self.running, key=lambda r: r.admitted)
        self._leave(last, unfinished=True)
        self.rejected += 1

    def _emit(self, grown: list[_Request]) -> None:
        """Hand out the tokens of the step just over, and let go who is done."""
        for request in grown:
            if request.done == 0:
                request.first_s = self.now
            else:
                request.pause_s = max(request.pause_s, self.now - request.token_s)
            request.done += 1
            request.token_s, request.token_step = self.now, self.step
            if request.done == request.output:
                self._leave(request, unfinished=False)
                self.finished.append((request, self.now))

    def _account(self, duration_s: float, film: _Film) -> None:
        """Add the memory's state to the averages, and to the film if it wants this step."""
        shares = self._shares()
        self.fraction_s += shares * duration_s
        self.running_s += len(self.running) * duration_s
        if film.wants(self.step):
            queue = len(self.waiting) + len(self.preempted)
            film.keep((self._frame(), shares, self.now, len(self.running), queue))

    def _shares(self) -> NDArray[np.float64]:
        """Slots by state, as shares."""
        # Plain integers: an element of an array costs ten times as much, at every step.
        held = sum([request.prompt + request.done for request in self.running])
        chunks = self.block * sum([len(request.cells) for request in self.running])
        ends, reserves = held, chunks
        if not self.paged:
            ends = sum([request.prompt + request.output for request in self.running])
            reserves = sum([request.reserve for request in self.running])
        shares = np.zeros(len(BLOCK_STATES))
        shares[TOKEN:] = held, ends - held, reserves - ends, chunks - reserves
        shares[self._hole_state()] += self.memory.free_cells * self.block
        return shares / (self.memory.cells * self.block)

    def _hole_state(self) -> int:
        """Empty memory is lost in holes if somebody waits and none of them is large enough."""
        return EXTERNAL if self.blocked and not self.paged else FREE

    def _frame(self) -> NDArray[np.uint8]:
        """State of the middle slot of each cell."""
        cells: dict[int, list[int]] = {TOKEN: [], RESERVED: [], INTERNAL: [], EXTERNAL: []}
        for request in self.running:
            if self.paged:
                ends = {TOKEN: request.held}
                last = INTERNAL
            else:
                end = request.prompt + request.output
                ends = {TOKEN: request.held, RESERVED: end, INTERNAL: request.reserve}
                last = EXTERNAL
            begin = 0
            for state, slots in ends.items():
                # A cell whose middle lies before the end, in halves of a block.
                count = max(-((self.block - 2 * slots) // (2 * self.block)), begin)
                cells[state] += request.cells[begin:count]
                begin = count
            cells[last] += request.cells[begin:]
        frame = np.full(self.memory.cells, self._hole_state(), dtype=np.uint8)
        for state, those in cells.items():
            frame[those] = state
        return frame

    def report(self, film: _Film) -> CacheRun:
        """Sum up."""
        self.finished.sort(key=lambda item: item[0].index)
        arrival = np.array([r.arrival_s for r, _ in self.finished])
        response = np.array([end for _, end in self.finished]) - arrival
        ttft = np.array([r.first_s for r, _ in self.finished]) - arrival
        pause = np.array([r.pause_s for r, _ in self.finished])
        tokens = sum(r.output for r, _ in self.finished)
        frames, fractions, frame_s, running, waiting = zip(*film.shots, strict=True)
        elapsed = self.fraction_s.sum()
        return CacheRun(
            frames=np.array(frames),
            fractions=np.array(fractions),
            frame_s=np.array(frame_s),
            running=np.array(running),
            waiting=np.array(waiting),
            mean_fractions=self.fraction_s / elapsed,
            mean_running=self.running_s / elapsed,
            completed=len(self.finished),
            rejected=self.rejected,
            preemptions=self.preemptions,
            stalls=self.stalls,
            lost_time_fraction=self.lost_s / elapsed,
            output_tokens_per_s=tokens / elapsed,
            ttft_p99_s=_quantile(ttft, 0.99),
            response_p50_s=_quantile(response, 0.5),
            response_p99_s=_quantile(response, 0.99),
            pause_p99_s=_quantile(pause, 0.99),
            response_s=response,
            stays=np.array(self.stays).reshape(-1, 4),
        )


def _quantile(values: NDArray[np.float64], p: float) -> float:
    return float(np.quantile(values, p)) if values.size else math.inf


def _reserve(prompt: int, output: int, limit: int, allocator: str) -> int:
    """Slots that a contiguous allocator sets aside for a request."""
    if allocator == "contiguous_max":
        return limit
    if allocator == "contiguous_pow2":
        return min(prompt + (1 << (output - 1).bit_length()), limit)
    return prompt + output
