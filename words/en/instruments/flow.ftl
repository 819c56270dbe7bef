# The strip above the figure, in which requests (frames, calls, packets) arrive, wait, are served and
# leave. { $noun } is what passes, in the plural.
flow-requests = requests
flow-batch = In the batch
flow-waiting = Mean number waiting
flow-in-service = Mean number in service
flow-late = Share late
# What a late one has missed.
flow-no-token = no first token after { $limit }
flow-one-of-replicas = { $replicas ->
    [1] the one replica
   *[other] one of the { $replicas } replicas
}
