"""One replica of a serving engine, iteration by iteration: what all its simulators share.

Requests decode in lanes, one for each pipeline stage; a lane's requests pass through the stages
together, as one microbatch. Each stage works on one microbatch at a time, in the order in which
they entered, and a microbatch takes longer for a chunk of a prompt only if it carries one. A lane
enters the first stage again when its tokens are back. So a replica without a pipeline is one lane
that passes one stage.

Passes between which nothing changes are taken in one leap, which is exact; an arrival cuts it short
at the end of the pass it falls into.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Callable
from heapq import heappop, heappush
from math import ceil, inf, sqrt

from labpy.models.simulation.clock import StageClock
from labpy.models.simulation.prefix import PrefixCache


class Ledger:
    """What is asked for by each request, and what happens to it: lists with an entry for each.

    ``loaded`` says whose KV cache comes with them, so that they only decode.
    """

    def __init__(
        self,
        prompts: list[int],
        steps: list[int],
        prefix: list[int] | None = None,
        prefix_tokens: list[int] | None = None,
        loaded: bool = False,
    ) -> None:
        count = len(prompts)
        self.prompt, self.steps = list(prompts), list(steps)
        self.prefix, self.prefix_tokens = prefix, prefix_tokens
        self.loaded = [loaded] * count
        self.start, self.first, self.end = [-1.0] * count, [-1.0] * count, [0.0] * count
        self.began = [-1] * count  # pass of its lane in which the first token came
        self.until = [-1] * count  # pass of its lane with the last token; -1 if not decoding
        self.slot, self.preempted, self.hit = [0] * count, [0] * count, [0] * count
        self.gap = [0.0] * count  # longest time between two tokens


class Lane:
    """Requests that pass the stages together, and the pass that they are in.

    A request's age is counted in passes, so that a leap over many is one addition. Each lane
    counts from a number of its own, so that the pass in which a request ends tells its lane.
    """

    def __init__(self, number: int) -> None:
        self.step = number << 40  # the last pass done
        self.batch = 0  # decoding requests
        self.context = 0.0  # tokens in their KV caches
        self.ends: list[tuple[int, int]] = []  # heap of (pass in which it ends, request)
        self.decoding: list[int] = []  # in the order of admission, with some already gone
        self.finished: list[int] = []  # requests whose prompts end in this pass
        self.start = self.returns = self.landed = 0.0
        self.passes = 0  # in this flight
        self.pass_s = self.more_s = 0.0  # k passes take k * pass_s + k * (k - 1) * more_s
        self.work_s = 0.0  # of one stage in the first of them
        # passes longer than all after them, and how long they took: both ascend and descend
        self.long_step: list[int] = []
        self.long_s: list[float] = []

    def note_length(self, length_s: float) -> None:
        """Remember how long the pass just done took."""
        steps, lengths = self.long_step, self.long_s
        while lengths and lengths[-1] <= length_s:
            steps.pop()
            lengths.pop()
        steps.append(self.step)
        lengths.append(length_s)

    def longest_since(self, step: int) -> float:
        """Longest pass after ``step``."""
        index = bisect_right(self.long_step, step)
        return self.long_s[index] if index < len(self.long_s) else 0.0


class Replica:
    """One replica. ``submit`` after ``run_until`` the same time, times never descending.

    Parameters
    ----------
    clock, ledger
        Times of a stage, and the requests, which several replicas may share.
    capacity
        Tokens that the KV cache holds.
    max_batch
        Most requests at a time, over all lanes.
    budget
        Most tokens in a pass: one for each decoding request, the rest for chunks of prompts.
    tokens_per_step
        Mean tokens that a request gets in a pass.
    cache
        Prefixes; None for no prefix caching.
    on_end
        Called with a request and the time when it ends. It returns until when the KV cache is
        held, or None for no longer.
    """

    def __init__(
        self,
        clock: StageClock,
        ledger: Ledger,
        capacity: float,
        max_batch: int,
        budget: int,
        tokens_per_step: float = 1.0,
        cache: PrefixCache | None = None,
        on_end: Callable[[int, float], float | None] | None = None,
    ) -> None:
        self.clock, self.ledger, self.capacity, self.budget = clock, ledger, capacity, budget
        self.max_batch, self.tokens_per_step = max_batch, tokens_per_step
        self.cache, self.on_end = cache, on_end
        self.now = 0.0
        self.next_s = inf  # when something happens next, if nobody arrives
        self.present = 0  # requests that have come and not ended
        self.running = 0  # requests that decode
        self.used = 0.0  # tokens in the KV cache, without prefixes, the pass begun included
        self.ready = deque(Lane(number) for number in range(clock.stages))
        self.flights: deque[Lane] = deque()  # lanes in the pipeline, in order
        self.free_s = [0.0] * clock.stages  # when each stage is free
        self.prefilling: deque[list[int]] = deque()  # [request, tokens done]
        self.waiting: deque[int] = deque()
        self.free_slots = list(range(max_batch))
        self.held: list[tuple[float, float]] = []  # heap of (until when, tokens)
        self.busy_s = 0.0  # summed over the stages
        self.used_s = 0.0  # integral of ``used`` to ``_marked``
        self._marked = 0.0

    def run_until(self, until: float) -> None:
        """Let everything happen that does so before ``until``, and the ends of passes just then."""
        flights = self.flights
        while True:
            lane = self._next_lane()
            start = inf if lane is None else max(self.now, self.free_s[0])
            if flights and flights[0].returns <= start:
                self.next_s = flights[0].returns
                if self.next_s > until:
                    return
                self._land(flights.popleft())
            elif lane is None and self.waiting and self.held:
                self.next_s = self.held[0][0]  # room once a cache has been sent off
                if self.next_s >= until:
                    return
                self._mark(self.next_s)
                self._release()
            else:
                self.next_s = start
                if start >= until:
                    return
                self._launch(lane, start)

    def submit(self, request: int, now: float) -> None:
        """Take a request in."""
        self._mark(now)
        if not self.waiting and self.flights and self.flights[0].passes > 1:
            self._cut(self.flights[0], now)
        self.waiting.append(request)
        self.present += 1
        if not self.flights:
            self.next_s = max(now, self.free_s[0])
        else:
            self.next_s = min(self.flights[0].returns, max(now, self.free_s[0]))

    def used_now(self, now: float) -> float:
        """Tokens in the KV cache, without those of passes still to come."""
        if not self.flights or self.flights[0].passes == 1:
            return self.used
        lane = self.flights[0]
        to_come = lane.passes * (lane.returns - now) / (lane.returns - lane.start)
        return self.used - lane.batch * self.tokens_per_step * to_come

    def _mark(self, now: float) -> None:
        """Move the clock on."""
        self.used_s += self.used * (now - self._marked)
        self._marked = self.now = now

    def _next_lane(self) -> Lane | None:
        """Lane that could enter the pipeline."""
        for lane in self.ready:
            if lane.batch or self.prefilling or (self.waiting and self._fits(self.waiting[0])):
                return lane
        return None

    def _fits(self, request: int) -> bool:
        if not self.free_slots:
            return False
        if self.held:
            self._release()
        needed = self.used + self.ledger.prompt[request]
        if self.cache is not None:
            needed += self.cache.pinned
            prefix = self.ledger.prefix[request]
            if prefix >= 0:
                tokens = self.ledger.prefix_tokens[request]
                needed += self.cache.pins(prefix, tokens) - tokens
        return needed <= self.capacity

    def _release(self) -> None:
        """Free the caches that have been sent off."""
        while self.held and self.held[0][0] <= self.now:
            self.used -= heappop(self.held)[1]

    def _admit(self) -> None:
        ledger = self.ledger
        while self.waiting and self._fits(self.waiting[0]):
            request = self.waiting.popleft()
            ledger.slot[request] = heappop(self.free_slots)
            self.used += ledger.prompt[request]
            hit = 0
            if self.cache is not None and ledger.prefix[request] >= 0:
                hit = self._take_prefix(request)
            if ledger.start[request] < 0:
                ledger.start[request] = self.now
                ledger.hit[request] = hit
            self.prefilling.append([request, hit])

    def _take_prefix(self, request: int) -> int:
        """Share the prefix; returns the tokens that need no prefill: never all of a prompt."""
        tokens = self.ledger.prefix_tokens[request]
        hit = self.cache.take(self.ledger.prefix[request], tokens)
        self.used -= tokens
        self._evict()
        return min(hit, self.ledger.prompt[request] - 1)

    def _pinned(self) -> int:
        return 0 if self.cache is None else self.cache.pinned

    def _evict(self) -> None:
        self.cache.shrink(max(self.capacity - self.used - self.cache.pinned, 0.0))

    def _launch(self, lane: Lane, start: float) -> None:
        """Let a lane enter the first stage."""
        self._mark(start)
        clock = self.clock
        self._admit()
        if not lane.batch:
            lane.landed = start
        share = -(-self.present // clock.stages)  # of the requests, so that lanes are even
        joined = self._join_loaded(lane, share)
        self._make_room(lane)
        chunk, attention = self._take_chunk(lane, share) if self.prefilling else (0, 0)
        batch = lane.batch
        self.ready.remove(lane)
        if not batch and not chunk:
            self.ready.append(lane)  # its last request had to go
            return
        tokens = batch * clock.tokens_per_request + chunk
        lane.work_s = clock.pass_s[tokens] + clock.drafting_s[batch] + clock.kv_s * lane.context
        lane.work_s += clock.attention_s * attention + clock.request_s * batch
        lane.work_s += clock.elsewhere_s * (self.running - batch)
        if chunk:
            lane.work_s = max(lane.work_s, clock.prompt_least_s)
        lane.start, lane.passes = start, 1
        alone = not chunk and not self.flights and batch == self.running and not self.prefilling
        if alone:
            self._leap(lane, clock.hop_s[tokens])
        else:
            self._pass(lane, tokens)
        for request in joined:
            self.ledger.first[request] = start + lane.pass_s
        self.flights.append(lane)
        self.used += batch * self.tokens_per_step * lane.passes
        if self.cache is not None:
            self._evict()

    def _join_loaded(self, lane: Lane, share: int) -> list[int]:
        """Requests whose KV cache came with them decode at once."""
        joined, loaded = [], self.ledger.loaded
        while self.prefilling and loaded[self.prefilling[0][0]] and lane.batch < share:
            joined.append(self.prefilling.popleft()[0])
            self._start_decoding(lane, joined[-1])
        return joined

    def _pass(self, lane: Lane, tokens: int) -> None:
        """One pass through the stages, behind the microbatches that are in them."""
        clock, free_s = self.clock, self.free_s
        end, hop_s = lane.start, clock.hop_s[tokens]
        head_s = clock.head_s[tokens]
        work_s = lane.work_s - head_s / clock.stages
        for stage, share in enumerate(clock.stage_shares):
            free_s[stage] = max(end, free_s[stage]) + share * work_s
            end = free_s[stage] + hop_s
        end = free_s[-1] = free_s[-1] + head_s
        lane.returns = end + self.clock.return_s
        lane.pass_s, lane.more_s = lane.returns - lane.start, 0.0

    def _leap(self, lane: Lane, hop_s: float) -> None:
        """Passes until a request ends or the cache is full, for the only lane at work."""
        clock, ends, until = self.clock, lane.ends, self.ledger.until
        while until[ends[0][1]] != ends[0][0]:
            heappop(ends)
        growth = lane.batch * self.tokens_per_step
        room = self.capacity - self.used - self._pinned()
        lane.passes = max(min(ends[0][0] - lane.step, int(room / growth)), 1)
        stages = clock.stages
        lane.pass_s = stages * lane.work_s + (stages - 1) * hop_s + clock.return_s
        lane.more_s = stages * clock.kv_s * growth / 2
        lane.returns = self._after(lane, lane.passes)
        self.free_s[0] = lane.returns  # nobody else is there to use it

    @staticmethod
    def _after(lane: Lane, passes: int) -> float:
        return lane.start + passes * lane.pass_s + passes * (passes - 1) * lane.more_s

    def _cut(self, lane: Lane, now: float) -> None:
        """End a leap with the pass that ``now`` falls into, if there is a slot for who comes."""
        if not self.free_slots:
            return
        gap, linear, square = now - lane.start, lane.pass_s - lane.more_s, lane.more_s
        passes = max(ceil((sqrt(linear**2 + 4 * square * gap) - linear) / 2 / square), 1)
        passes = min(passes, lane.passes)
        spared = lane.batch * self.tokens_per_step * (lane.passes - passes)
        self.used -= spared
        self.used_s -= spared * gap
        lane.passes = passes
        lane.returns = self._after(lane, passes)
        # the last pass leaves the stages one by one, and others may follow it
        begun = self._after(lane, passes - 1)
        stage_s = (lane.returns - begun - self.clock.return_s) / self.clock.stages
        self.free_s = [begun + (k + 1) * stage_s for k in range(self.clock.stages)]

    def _take_chunk(self, lane: Lane, share: int) -> tuple[int, int]:
        """Fill the pass with prompts; their tokens, and the squares that attention goes by."""
        room = max(self.budget - lane.batch, 1)
        chunk = attention = 0
        prompt = self.ledger.prompt
        while self.prefilling and room > 0:
            entry = self.prefilling[0]
            request, done = entry
            end = min(prompt[request], done + room)
            if end == prompt[request]:
                if lane.batch + len(lane.finished) >= share:
                    break  # left to the next lane
                lane.finished.append(request)
                self.prefilling.popleft()
            attention += end * end - done * done
            entry[1] = end
            chunk += end - done
            room -= end - done
        return chunk, attention

    def _land(self, lane: Lane) -> None:
        """Tokens are back: requests get them, begin to decode or end."""
        now, passes = lane.returns, lane.passes
        growth = lane.batch * self.tokens_per_step
        self._mark(now)
        self.used_s -= growth * (passes - 1) / 2 * (now - lane.start)  # it grew pass by pass
        self.busy_s += self.clock.stages * passes * lane.work_s
        self.busy_s += passes * (passes - 1) * lane.more_s
        lane.step += passes
        lane.context += growth * passes
        if lane.batch:
            last_s = lane.pass_s + 2 * (passes - 1) * lane.more_s
            lane.note_length(last_s if passes > 1 else now - lane.landed)
        lane.landed = now
        for request in lane.finished:
            self._start_decoding(lane, request)
        lane.finished.clear()
        self._finish(lane)
        self.ready.append(lane)

    def _start_decoding(self, lane: Lane, request: int) -> None:
        ledger = self.ledger
        self.used += 1
        lane.context += ledger.prompt[request] + 1
        if ledger.first[request] < 0:
            ledger.first[request] = self.now
        else:
            self._note_gap(request, self.now - ledger.end[request])
        ledger.began[request] = lane.step
        lane.batch += 1
        self.running += 1
        ledger.until[request] = lane.step + ledger.steps[request] - 1
        heappush(lane.ends, (ledger.until[request], request))
        lane.decoding.append(request)

    def _finish(self, lane: Lane) -> None:
        ends, ledger = lane.ends, self.ledger
        while ends and ends[0][0] <= lane.step:
            step, request = heappop(ends)
            if ledger.until[request] != step:
                continue  # preempted since
            ledger.end[request] = self.now
            self._note_gap(request, lane.longest_since(ledger.began[request]))
            tokens = self._leave(lane, request, ledger.steps[request])
            self.present -= 1
            if self.on_end is not None:
                held_until = self.on_end(request, self.now)
                if held_until is not None:
                    self.used += tokens
                    heappush(self.held, (held_until, tokens))

    def _note_gap(self, request: int, gap_s: float) -> None:
        self.ledger.gap[request] = max(self.ledger.gap[request], gap_s)

    def _leave(self, lane: Lane, request: int, steps_done: int) -> float:
        """Take a request out of its lane; returns the tokens that its KV cache held."""
        ledger = self.ledger
        lane.batch -= 1
        self.running -= 1
        ledger.until[request] = -1
        tokens = ledger.prompt[request] + 1 + (steps_done - 1) * self.tokens_per_step
        lane.context = max(lane.context - tokens, 0.0) if lane.batch else 0.0
        if self.cache is not None and ledger.prefix[request] >= 0:
            self.cache.give_back(ledger.prefix[request])
            tokens -= ledger.prefix_tokens[request]
        self.used -= tokens
        heappush(self.free_slots, ledger.slot[request])
        return tokens

    def _make_room(self, lane: Lane) -> None:
        """Preempt the lane's newest requests until its next tokens fit in the cache."""
        ledger = self.ledger
        room = self.capacity - self._pinned()
        while (
            lane.batch and self.running > 1 and self.used + lane.batch * self.tokens_per_step > room
        ):
            request = lane.decoding.pop()
            if ledger.until[request] < 0:
                continue
            left = ledger.until[request] - lane.step
            done = ledger.steps[request] - left
            self._note_gap(request, lane.longest_since(ledger.began[request]))
            self._leave(lane, request, done)
            ledger.end[request] = self.now  # its last token so far
            ledger.prompt[request] += int(done * self.tokens_per_step)
            ledger.steps[request] = max(left, 1)
            ledger.preempted[request] += 1
            ledger.loaded[request] = False
            self.waiting.appendleft(request)
