"""Step times of a deployment as tables, so that a simulator can look them up one by one."""

import numpy as np

from labpy.models.serving.deployment import Deployment
from labpy.models.serving.phases import step_pass_s
from labpy.models.serving.step import kv_read_s, prompt_attention_ops, prompt_attention_s


class StepClock:
    """Durations of the steps of one replica.

    Each decoding request puts ``tokens_per_request`` through the matrices in a step: 1, or more
    where drafted tokens are verified. ``draft_cost_ratio`` is the time to draft one token as a
    share of a decode step.
    """

    def __init__(
        self,
        deployment: Deployment,
        max_batch: int,
        tokens_per_request: int = 1,
        draft_cost_ratio: float = 0.0,
    ) -> None:
        stages = deployment.pipeline_parallel_size
        batch = np.maximum(np.arange(max_batch + 1.0), 1.0)
        each = batch / np.minimum(batch, stages)
        drafting = (tokens_per_request - 1) * draft_cost_ratio * step_pass_s(deployment, each)
        tokens = np.arange(deployment.engine.max_batched_tokens + 1.0)
        passing = step_pass_s(deployment, each * tokens_per_request, each)
        self._decode_s = (passing + drafting).tolist()
        # the host's time for the requests that decode besides a prompt
        host = passing - step_pass_s(deployment, each * tokens_per_request)
        self._beside_s = (host + drafting).tolist()
        self._decode_tokens = np.round(each * tokens_per_request).astype(int).tolist()
        self._pass_s = step_pass_s(deployment, tokens, prompts=True).tolist()
        self.kv_s_per_token = float(kv_read_s(deployment, np.array(1.0)))
        # a request's KV cache is read by one microbatch in `stages`
        self._kv_share = (1 / np.minimum(batch, stages)).tolist()
        one = prompt_attention_ops(deployment, np.array(1.0))
        self._attention_s = float(prompt_attention_s(deployment, one))

    def decode_s(self, batch: int) -> float:
        """Step that decodes for ``batch`` requests, without its reads of the KV cache."""
        return self._decode_s[batch]

    def kv_s(self, batch: int) -> float:
        """Time to read one token of KV cache in a step of ``batch`` requests."""
        return self.kv_s_per_token * self._kv_share[batch]

    def mixed_s(self, batch: int, chunk: int) -> float:
        """Step that also carries ``chunk`` tokens of prompts, without reads and attention."""
        if batch == 0:
            return self._pass_s[chunk]
        total = min(self._decode_tokens[batch] + chunk, len(self._pass_s) - 1)
        return self._pass_s[total] + self._beside_s[batch]

    def attention_s(self, start: int, end: int) -> float:
        """Attention over the tokens ``start`` to ``end`` of a prompt."""
        return self._attention_s * (end * end - start * start)
