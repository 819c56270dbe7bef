"""Times of the stages of a deployment as tables, so that a simulator can look them up one by one.

All come from ``labpy.models.serving.step``, the work of one stage for given tokens; how work moves
through the stages is the simulator's own.
"""

from statistics import NormalDist

import numpy as np

from labpy.models.serving.deployment import Deployment
from labpy.models.serving.step import (
    StepTime,
    hop_time,
    launched,
    prompt_attention_ops,
    stage_time,
)


class StageClock:
    """Time that a microbatch spends in the mean one of the pipeline's stages, and in the last.

    Each decoding request puts ``tokens_per_request`` through the matrices in a pass: 1, or more
    where drafted tokens are verified. ``draft_cost_ratio`` is the time to draft one token as a
    share of a decode step. ``budget`` is the most tokens in a pass, prompt chunks included.
    """

    def __init__(
        self,
        deployment: Deployment,
        max_batch: int,
        budget: int,
        tokens_per_request: int = 1,
        draft_cost_ratio: float = 0.0,
    ) -> None:
        self.stages = deployment.pipeline_parallel_size
        self.tokens_per_request = tokens_per_request
        tokens = np.arange(budget + tokens_per_request * max_batch + 1.0)
        nothing = np.zeros_like(tokens)
        step = stage_time(deployment, tokens, nothing, nothing)
        passing = step.total_s
        self.pass_s = passing.tolist()
        # the last stage alone reads the output head, which `stage_time` spreads over all; reads
        # count the less the more a step computes
        reads = np.sqrt(step.memory_s / (step.memory_s + step.compute_s))
        self.head_s = (reads * self._head_s(deployment)).tolist()
        ratio = (tokens_per_request - 1) * draft_cost_ratio
        self.drafting_s = [0.0, *(ratio * passing[1 : max_batch + 1]).tolist()]
        self.kv_s = self._slope(deployment, kv=1e6)
        nought = StepTime(*(np.zeros(()),) * 4)
        self.prompt_least_s = float(launched(deployment, nought).total_s)  # to launch its kernels
        self.request_s = self._slope(deployment, sequences=1e3)  # the host's, of one that decodes
        self.elsewhere_s = deployment.engine.elsewhere_overhead_s
        ops = float(prompt_attention_ops(deployment, np.array(1e3)))
        self.attention_s = self._slope(deployment, ops=ops) * ops / 1e6  # by tokens squared
        self.stage_shares = self._stage_shares(deployment)
        hops = hop_time(deployment, tokens) if self.stages > 1 else nothing
        self.hop_s = hops.tolist()
        self.return_s = self.hop_s[0]  # a sampled token goes back to the first stage

    @staticmethod
    def _stage_shares(deployment: Deployment) -> list[float]:
        """Work of each stage, of the mean one: by the engine's imbalance, as normal scores."""
        stages, spread = deployment.pipeline_parallel_size, deployment.engine.stage_imbalance
        levels = [(k + 0.625) / (stages + 0.25) for k in range(stages)]  # Blom 1958
        return [1 + spread * NormalDist().inv_cdf(level) for level in levels]

    @staticmethod
    def _head_s(deployment: Deployment) -> float:
        """Time to read the output head."""
        rate = deployment.accelerator.memory_bandwidth_bytes_per_s
        rate *= deployment.engine.memory_efficiency * deployment.tensor_parallel_size
        return deployment.head_weight_bytes / rate

    @staticmethod
    def _slope(
        deployment: Deployment, kv: float = 0.0, ops: float = 0.0, sequences: float = 0.0
    ) -> float:
        """Time that one more token of KV cache, operation of attention or request adds."""
        tokens, more = np.ones(2), np.array([1.0, 0.0])
        busy, plain = stage_time(
            deployment, tokens, kv * more, ops * more, sequences * more
        ).total_s
        return float(busy - plain) / (kv + ops + sequences)
