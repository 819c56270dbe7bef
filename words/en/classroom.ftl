# What teachers are told of a class's ledgers.

## A ledger is computed anew: what doesn't fit, entry by entry

replay-backwards = its time, { $at }, lies before the entry above it
replay-too-many = more deployments than the part’s { $most }
replay-pass-undeployed = a pass without a deployment that passed
replay-no-part = this lab has no such part
# $reason is a whole sentence.
replay-settings = settings that no dial has: { $reason }
# $dial is a dial's key.
replay-dials = the dial { $dial } is missing, or there is none of that name.
replay-pass-is-none = a pass whose own figures miss a target
# $metric is the name of a figure in the ledger; $told and $computed are numbers.
replay-metric = { $metric } is { $told }, and computed anew { $computed }
replay-verdict = whether it passes comes out otherwise
# $reason is a whole sentence.
replay-answer = a prediction that can’t be made: { $reason }
replay-implies = the prediction stands for { $computed }, not for { $told }
replay-off-by = how far off the prediction was doesn’t follow from its own figures
replay-truth = the outcome is { $told }, and computed anew { $computed }
