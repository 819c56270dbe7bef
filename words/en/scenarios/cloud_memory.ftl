# Cloud Titan, part 3. First the allocators, as in "with the contiguous allocator".
cloud-memory-contiguous = contiguous
cloud-memory-power-of-two = power-of-two
cloud-memory-paged = paged
# What memory is taken by, and what a user pays for.
cloud-memory-model = Model
cloud-memory-tokens = Token states
cloud-memory-none = No tokens
cloud-memory-engine = Engine
cloud-memory-weights = Weights
cloud-memory-draft = Draft model
cloud-memory-held = Held, no tokens
cloud-memory-budget = Memory taken on two H100s
cloud-memory-axis = Memory
cloud-memory-source = Kwon et al., PagedAttention (2023), for the states of the cache
# The film shows a slice of one replica of four; $batch is the mean of the whole replica.
cloud-memory-film = The film shows { $share } of one replica’s cache; the whole replica runs { $batch } requests.
# What the dials mean at the present setting.
cloud-memory-token-share = { $share } of the cache holds tokens
cloud-memory-no-effect = no effect: all is reserved
cloud-memory-preemptions = { $each } preemptions for each reply
cloud-memory-nobody = no effect: all fit, and nobody is thrown out
cloud-memory-batch = { $batch } replies at once on each replica
cloud-memory-speedup = { $tokens } tokens a step; speedup { $factor } at a batch of { $batch }
cloud-memory-no-draft = off: the 70B model alone
cloud-memory-truth = Reserved to the end, { $memory } hold { $reserved } users and are { $reserved_full } full of tokens; paged they hold { $paged } and are { $paged_full } full. On your GPUs that gives { $back } of the HBM back.
