# The strip above the figure, in which requests (frames, calls, packets) arrive, wait, are served and
# leave. { $noun } is what passes, in the plural; { $of } what it is the run of.
flow-requests = requests
flow-batch = in the batch
flow-waiting = Mean waiting
flow-in-service = Mean in service
flow-late = Late
# What it is that befalls those drawn as diamonds.
flow-no-token = late: no first token after { $limit }
flow-thrown-out = thrown out of the cache
flow-share-thrown-out = Stays thrown out
flow-prefill = prompts
flow-decode = replies
flow-cache = in the cache
flow-in-cache = Mean in the cache
flow-one-of-replicas = { $replicas ->
    [1] the one replica
   *[other] one of { $replicas } replicas
}
# A part of a replica's cache that is simulated.
flow-part-of-cache = a part of one replica’s cache ({ $share } of it), before which requests never stop waiting
flow-of-all = the whole fleet
flow-grows = grows without end
flow-so-far = { $run } so far
flow-shown = { $span } in the simulated run of { $of }: { $noun } arrive from the left, wait, are served, and leave to the right.
flow-counted = { $name }: { $run }; by the models { $models }.
flow-counted-alone = { $name }: { $run }.
flow-without-end = { $name }: it grows without end, since more { $noun } arrive than can be served.
flow-all-in-the-end = { $name }: { $run }, and in the end all, since more { $noun } arrive than can be served.
flow-table = Counted over the whole run, beside the models
flow-column-of = What
flow-column-run = This run
flow-column-models = Models
flow-column-spread = May differ by
