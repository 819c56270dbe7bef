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

# The first files of several, and how many more there are.
collect-more = { $files } and { $rest } more
collect-files = { $before }, { $after }

## What two ledgers have in common; $files names the others

collect-same = the same ledger as { $files }
collect-earlier = an earlier state of { $files }
collect-later = a later state of { $files }
collect-shares = its first { $entries } entries are those of { $files }
collect-same-time = { $entries ->
    [one] { $entries } of its entries stands
   *[other] { $entries } of its entries stand
} with the same time in { $files }
# $share is a share of the shorter text's runs of words.
collect-near = a text of its is nearly that of { $files } ({ $share } of its runs of words)
collect-same-text = a text of its stands word for word in { $files }
collect-notes = { $before }; { $after }

## Why a file is not read

collect-too-large = it is too large: a ledger has at most { $most } bytes
collect-no-zip = it is no zip that can be read
collect-too-much = it holds too much; read up to { $file }
collect-zip-in-zip = it lies more than { $most } zips deep: unpack it first
collect-not-unpacked = it can't be unpacked: { $reason }
replay-assignment-unknown = this version of the lab can't read its assignment
replay-assignment = the limits that it holds are not those of its assignment
collect-zip-too-large = it is too large: a zip may have { $most }

## The page of a class

# $off is a factor: half of the class was off by more.
class-tally = { $students ->
    [one] { $students } student predicted
   *[other] { $students } students predicted
}, { $right } of them rightly ({ $share }); half were off by { $off } or more. { $passed } met the targets; { $early ->
    [0] nobody asked for the reveal early
   *[other] { $early } asked for the reveal early
}.
# $reason is a sentence without its full stop.
class-finding = Entry { $entry }: { $reason }
