# The axis of the picture at the head of a reveal, along which the lock's quantity was computed.
overlay-load = Load, as a share of the capacity
overlay-gpus = GPUs in the group
overlay-memory = Memory of the KV cache
overlay-hand-off = Start-up time of a hand-off
overlay-maps = Maps for each camera
overlay-cut = Layers on the glasses
overlay-block = Tokens in a block
overlay-interval = Radio interval
overlay-layers = Layers of the network
