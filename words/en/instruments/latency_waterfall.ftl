# Two latencies by cause. { $first_cause } and { $second_cause } are such as "compute (59%)".
waterfall-title = Where the latency goes
waterfall-first = Time to first token
waterfall-second = Time per output token
waterfall-queue = Queue
    .phrase = queue
waterfall-compute = Compute
    .phrase = compute
waterfall-memory = Memory
    .phrase = memory
waterfall-communication = Communication
    .phrase = communication
waterfall-bubble = Bubbles
    .phrase = bubbles
waterfall-overhead = Overhead
    .phrase = overhead
waterfall-cause = { $cause } ({ $share })
waterfall-sentence = The first token takes { $first }, { $verdict ->
    [within] within
   *[beyond] beyond
} the limit of { $limit }, most of it { $first_cause }; each further token takes { $second }, most of it { $second_cause }.
waterfall-sentence-overloaded = { $pace ->
    [finite] The first token never comes for some: the queue grows without end; each further token takes { $second }, most of it { $second_cause }.
   *[endless] The first token never comes for some, and no further one either: the queue grows without end.
}
# The sentence above, and one on the first latency with nobody else there.
waterfall-and-alone = { $said } { $alone }
# In place of a figure, where the deployment cannot be made.
waterfall-does-not-fit = doesn’t fit
waterfall-table = Latency by component
waterfall-column = Component
# A latency of another deployment: "TTFT, start".
waterfall-column-ghost = { $latency }, { $whose }
waterfall-formula = { $latency } by component
waterfall-formula-numbers = { $queue } + { $compute } + { $memory } + { $communication } + { $bubble } + { $overhead } = { $total }
waterfall-formula-source = Pope et al., Efficiently Scaling Transformer Inference (2022), for compute, memory and communication; Huang et al., GPipe (2019), for the bubbles
