# The page of a part, and the ledger at its foot.

deploy-act = Deploy
deploy-left-at-start = { $all } of { $all } left
deploy-restart = Restart the part
deploy-note = The dials make a draft. Only what you deploy counts, and you have { $all } deployments.
deploy-table = Deployments
instrument-simulate = Simulate
instrument-math-of = Math Peek: { $instrument }
instrument-math = Math Peek
instrument-table = Table
instrument-menu = More
instrument-menu-of = More about { $instrument }
instrument-table-of = { $instrument }, table
ledger-page-title = Your ledger
ledger-page-about = Predictions, settings, results and reflections. Export it to hand it in or to go on elsewhere.
ledger-page-export = Export
ledger-page-open = Not begun
ledger-page-all = Everything that is recorded
ledger-page-name = Name or ID, to hand in
ledger-page-name-about = Optional; of a pair, both. It goes into each file you export and into its name.
ledger-page-export-json = Export JSON
ledger-page-export-now = Export a copy
ledger-page-print = Print
ledger-page-import = Import a ledger (JSON)
ledger-page-new = New ledger
ledger-page-text-of = The file’s text:
ledger-page-copy = Copy
ledger-page-save = Save as a file
ledger-page-close = Close
ledger-page-aside = Set aside
ledger-page-about-kept = It is kept in this browser only; on a shared computer, begin a new one for each student.
ledger-page-about-week = Safari, and every browser on an iPhone or iPad, deletes what a site keeps after seven days of use without a visit to it: before a longer break, export it as JSON.
step-briefing = Brief
step-lock = Predict
step-workbench = Explore
step-reveal = Reveal
step-reflect = Reflect
step-checkpoint = Save
part-steps = Steps of part { $number }
part-kicker = Part { $number }
part-dials = What the dials mean
part-lock-act = Lock my prediction
part-lock-hint = It can’t be changed afterwards, and it opens the workbench.
part-locked = Locked:
part-find-out = Now find out at the workbench
part-workbench = The workbench
part-veil = It opens when [your prediction]({ $address }) is locked: a guess made first is what makes the answer stick.
part-dials-group = Dials
part-advanced = Advanced dials
part-targets = Targets
part-not-measured = Not measured
# Under a light, for who can’t see what lights up with it.
part-moved-by = Moved by: { $dials }.
part-dial-in-hand = Dial in hand
part-about-dial = About { $dial }
part-instruments = Instruments
part-evidence = What your ledger says of this
verdict-met = All targets met.
verdict-to-reveal = See the reveal
verdict-more = Why
part-copy-link = Copy a link to this setting
part-reveal = The reveal
part-reveal-wait = It opens once your prediction is locked.
part-reveal-act = Show me how far off I was
part-invariant = The Serving Invariant: P99 latency against throughput efficiency. Whatever a fleet does for the one, it pays for with the other.
part-sources = Sources
part-asks = { $voice } asks:
part-demands = { $voice }:
part-checkpoint = Checkpoint
part-checkpoint-about = Write your settings, their results and your answer into the ledger below.
part-save = Save to my ledger
part-minutes = { $minutes } minutes
essay-saved = Saved as you type.

## The lock
part-cards = The figure on each card is what it predicts: { $quantity }.
part-choose-first = Choose one of the { $options } first.
part-sure = How sure are you?
part-sure-unsaid = I’d rather not say
part-sure-guess = It’s a guess
part-sure-fairly = Fairly sure
part-sure-certain = Certain
part-why = Why? One line, if you like
# $lowest and $step have no unit, $highest has.
part-number-first = Give a number from { $lowest } to { $highest }, in steps of { $step }.
part-bounds = From { $lowest } to { $highest }

## Small tasks at the bench, which check themselves

challenges-title = Challenges
challenge-open = Open
