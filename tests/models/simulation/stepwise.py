"""A serving replica as plainly as can be, one step at a time: what the fast one is held to."""

from dataclasses import dataclass

import numpy as np

from labpy.models.serving.step import prompt_attention_ops, stage_time


@dataclass
class Request:
    number: int
    arrival: float
    prompt: int
    output: int
    done: int = 0  # prompt tokens computed
    tokens: int = 0  # tokens given
    first: float = 0.0
    end: float = 0.0
    last: float = 0.0
    gap: float = 0.0


def step_s(deployment, decoding, chunks):
    """One step: a token for each decoding request, and chunks (start, end) of prompts."""
    tokens = len(decoding) + sum(end - start for start, end in chunks)
    kv = sum(r.prompt + r.tokens for r in decoding)
    ops = sum(
        prompt_attention_ops(deployment, np.array(float(end)))
        - prompt_attention_ops(deployment, np.array(float(start)))
        for start, end in chunks
    )
    numbers = (np.array(float(x)) for x in (tokens, kv, ops, len(decoding)))
    return float(stage_time(deployment, *numbers).total_s)


def simulate(deployment, arrivals, prompts, outputs, max_batch, budget):
    """Continuous batching with room for everybody in the KV cache."""
    everybody = [
        Request(n, *args) for n, args in enumerate(zip(arrivals, prompts, outputs, strict=True))
    ]
    coming, waiting, prefilling, decoding = list(everybody), [], [], []
    now = 0.0
    while coming or waiting or prefilling or decoding:
        while coming and coming[0].arrival <= now:
            waiting.append(coming.pop(0))
        while waiting and len(prefilling) + len(decoding) < max_batch:
            prefilling.append(waiting.pop(0))
        if not prefilling and not decoding:
            now = coming[0].arrival
            continue
        room, chunks, finished = budget - len(decoding), [], []
        for request in prefilling:
            end = min(request.prompt, request.done + room)
            if end > request.done:
                chunks.append((request.done, end))
                room -= end - request.done
                request.done = end
            if request.done == request.prompt:
                finished.append(request)
        now += step_s(deployment, decoding, chunks)
        for request in decoding + finished:
            request.tokens += 1
            if request.tokens == 1:
                request.first = now
            else:
                request.gap = max(request.gap, now - request.last)
            request.last = request.end = now
        decoding = [r for r in decoding + finished if r.tokens < r.output]
        prefilling = [r for r in prefilling if r.done < r.prompt]
    return everybody
