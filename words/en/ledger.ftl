# The words of the ledger’s exports: Markdown, print view. (CSV has fixed column names.)
ledger-title = Ledger of the Fleet Serving Lab
ledger-part = Part { $number }: { $title }
ledger-name = Name or ID
ledger-build = Build
ledger-begun = Begun
ledger-last = Last entry
ledger-events = Entries
ledger-head = Hash of the last entry (SHA-256)
ledger-complete = Complete
ledger-missing = Missing
ledger-state = State
ledger-prediction = Prediction
ledger-confidence = Sure of it
ledger-confidence-guess = a guess
ledger-confidence-fairly = fairly sure
ledger-confidence-certain = certain
ledger-why = Why
ledger-from-page = Most of the reflection stands word for word on the page
# Beside Save.
reflection-from-page = Most of this stands word for word on the page. It is saved, and your ledger says so: what you would say yourself counts for more.
ledger-early = Reveal asked for before the targets were met
ledger-outcome = Outcome
ledger-off-by = Off by
ledger-targets-met = Targets met
ledger-challenges = Challenges
ledger-challenges-met = { $met } of { $all }
ledger-met-before = yes, but not at the settings below
ledger-deployments = Deployments
ledger-restarts = Restarts
ledger-deployment = Deployment { $number } (iteration { $iteration })
ledger-settings = Final settings
ledger-metrics = Final metrics
ledger-reflection = Reflection
ledger-defence = Defence of the strategy
ledger-passed-at = First pass
ledger-checkpointed-at = Checkpoint
ledger-yes = yes
ledger-no = no
ledger-nothing = —
ledger-state-untouched = not begun
ledger-state-predicted = predicted
ledger-state-working = at work
ledger-state-passed = passed
ledger-state-checkpointed = checkpointed
ledger-missing-prediction = the prediction
ledger-missing-outcome = the outcome (the reveal)
ledger-missing-reflection = a reflection of at least { $minimum } characters, in words
ledger-missing-defence = a defence of at least { $minimum } characters, in words
ledger-missing-checkpoint = the checkpoint with its final settings

# $time is a date and a time of day.
ledger-time = { $time } UTC
# What was predicted, by its label and by the amount that the label stands for.
ledger-predicted = { $label } ({ $amount })
# A deployment in one line.
ledger-deployed = Targets met: { $met }. { $settings }. { $metrics }.
# A dial or a light with its value, and several of them.
ledger-named = { $name } { $value }
ledger-joined = { $before }; { $after }

## What is told when a ledger comes from a file or another tab

ledger-about = begun { $time } UTC, { $entries ->
    [one] { $entries } entry
   *[other] { $entries } entries
}
ledger-imported = The ledger was imported.
ledger-imported-aside = The ledger was imported. The one that was here is set aside below.
ledger-nothing-new = Your ledger already holds everything in this file. Nothing was changed.
ledger-goes-on = The ledger was imported: it goes on from the one here.
ledger-joined-file = The ledger was imported and joined with the one here.{ $left ->
    [0] { "" }
    [one] { " " }{ $left } entry was left out: the same is there already, or a part was predicted twice.
   *[other] { " " }{ $left } entries were left out: the same is there already, or a part was predicted twice.
}
ledger-joined-tab = Two tabs wrote to your ledger at once: both are in it.{ $left ->
    [0] { "" }
    [one] { " " }{ $left } entry was left out: the same is there already, or a part was predicted twice.
   *[other] { " " }{ $left } entries were left out: the same is there already, or a part was predicted twice.
}
ledger-followed = Another tab opened another ledger, and this page follows it. The one that was here is set aside below.
ledger-not-joined = What another tab wrote can't be joined: { $reason }. It is set aside below.
ledger-begun-anew = A new ledger is begun. The one that was here is set aside below.
ledger-not-imported = The file was not imported: { $reason }. Your ledger is as it was.
ledger-damaged = The stored ledger can't be read: { $reason }. It is set aside below, as it was.

## Why a ledger, or an entry of one, is refused

ledger-error-event = event { $number }: { $reason }
ledger-error-full = the ledger is full ({ $most } bytes): export it and begin a new one
ledger-error-no-events = 'events' is no list with at least one event
ledger-error-cut-off = the last event isn't the one that 'head' names: some were cut off
ledger-error-too-large = the file is too large: { $bytes } bytes; a ledger has { $most }
ledger-error-not-utf8 = the file is no text in UTF-8
ledger-error-too-deep = the file nests more than { $most } deep; a ledger doesn't
# $reason is what Python's reader of JSON says, in English.
ledger-error-not-json = the file is not JSON: { $reason }
ledger-error-key-twice = the key { $key } stands twice in one object
ledger-error-constant = the file is not JSON: { $name } is no number there
ledger-error-foreign = this is no ledger of this lab: its 'format' isn't { $format }
ledger-error-schema = 'schema' is { $value }; expected a whole number from 1
ledger-error-newer = this ledger was written by a newer version (schema { $schema }; this one reads { $reads }); update the lab, then import it again
ledger-error-document-lacks = the document lacks { $name }
ledger-error-document-odd = the document has an unknown field { $name }
ledger-error-time = at is { $value }; expected a time in UTC such as { $example }
ledger-error-event-shape = event { $number } is { $value }; expected an object
ledger-error-event-lacks = event { $number } lacks { $name }; expected { $fields }
ledger-error-event-odd = event { $number } has an unknown field { $name }; expected { $fields }
ledger-error-changed = event { $number } doesn't match its hash: it was changed after it was written
ledger-error-moved = event { $number } says that it is number { $value }: an event was moved, added or taken away
ledger-error-broken = event { $number } doesn't follow the event before it: the chain is broken
ledger-error-surrogate = a text holds half a surrogate pair, which is no character
# $reason is what Python's writer of JSON says, in English.
ledger-error-value = a value can't stand in a ledger: { $reason }
ledger-error-two-ledgers = these are two different ledgers: they didn't begin as one
ledger-error-kind = unknown kind { $kind }; allowed: { $allowed }
ledger-error-no-part = { $kind } belongs to no part: its track is '' and its part 0
ledger-error-track = { $kind }: track is { $value }; expected a lower-case word
ledger-error-part = { $kind }: part is { $value }; expected a whole number from 1 to { $most }
ledger-error-data = { $kind }: data is { $value }; expected an object
ledger-error-data-odd = { $kind }: unknown { $name }; data may hold: { $allowed }
ledger-error-data-none = { $kind }: unknown { $name }; data may hold: nothing
ledger-error-data-lacks = { $kind }: data lacks { $name } ({ $shape })
ledger-error-data-unfit = { $kind }: { $name } is { $value }; expected { $shape }
ledger-error-beginning = a ledger begins with 'started', and has it only there
# $place is ledger-place.
ledger-error-predicted-twice = { $place } already has its prediction, which can't be changed once it is made
ledger-error-passed-twice = { $place } has passed already; only the first pass is recorded
ledger-error-revealed-twice = { $place } is revealed already
ledger-error-unpredicted = { $place }: { $kind } before its prediction; commit that first
ledger-error-other-prediction = { $place }: the reveal tells of the prediction { $told }, but { $made } was predicted
ledger-place = { $track }, part { $part }

## What an entry's data must look like

ledger-shape-line = a text of at most { $most } characters
ledger-shape-flag = true or false
ledger-shape-number = a finite number
# $infinite and $negative stand in quotes.
ledger-shape-quantity = a finite number, { $infinite } or { $negative }
ledger-shape-factor = a number of at least 1, or { $infinite }
ledger-shape-key = a key: lower-case letters, digits and underscores
ledger-shape-count = a whole number, 0 or more
ledger-shape-iteration = a whole number from 1 to { $most }
ledger-shape-digest = 64 hexadecimal digits
ledger-shape-settings = at most { $most } keys with finite numbers, texts, true or false
ledger-shape-metrics = at most { $most } keys with finite numbers, texts, true, false or null
ledger-shape-confidence = one of { $allowed }

# The assignment that a track is worked on by. $bound is such as "at most 1 s".
ledger-assigned = Assigned parts
ledger-assigned-limits = Assigned limits
ledger-assigned-limit = part { $part }, { $label }: { $bound }
ledger-assigned-due = Due
ledger-assigned-code = Assignment
