# What the page's own scripts say: while Python starts, about files and storage, around the ledger.

## The line under the header, while the lab starts

boot-fetch = Fetching Python and the lab
boot-python = Starting Python
boot-restore = Waking Python
boot-unpack = Unpacking the lab
boot-import = Loading the models
boot-build = Building the workbench
boot-draw = Drawing
boot-again = Trying again
boot-python-again = Starting Python again
boot-still-waiting = Still waiting for the network
boot-waiting-for = Still waiting for { $files }. What you have written is kept; it may yet come, or try again.
# Short enough for one line on a phone. The sizes are in MB.
boot-bytes = Fetching { $done } of { $all } MB, unpacked
boot-ready = The workbench is ready.

## Why a file can't be used; each is put where { $reason } stands

fault-answered = { $file }: the server answered { $status }
fault-type = { $file }: sent as { $type }, not as { $wanted }
fault-no-type = { $file }: sent with no type, not as { $wanted }
fault-page = { $file }: a page was sent in its place
fault-broke-off = { $file }: it broke off; is the network there?
fault-part = { $file }: it did not arrive whole, { $done } of { $all } bytes
fault-not-whole = { $file }: it did not arrive whole
fault-other-bytes = { $file }: its bytes are not this build’s
fault-not-fetched = { $file }: it could not be fetched; is the network there?
fault-lost = { $files } did not come as it should. The lab works without, but may not look right. What you have written is kept.
fault-no-dials = The dials could not be drawn.
fault-file = { $reason }. What you have written is kept; try again when the network is back.
fault-start = The lab could not start: { $reason } What you have written is kept; try again when the network is back.
fault-goes-on = That did not work, the lab goes on. ({ $reason })
fault-stopped = The workbench stopped answering and is started again. What you did is kept.
fault-broke = The workbench broke down and is started again. What you did is kept.
fault-stopped-again = The workbench stopped answering again. What you have written is kept; try again, or reload the page.
fault-broke-again = The workbench broke down again. What you have written is kept; try again, or reload the page.

## Whether it works offline

offline-carried = Offline: the whole lab is in this file
offline-saving = Saving for offline use
offline-ready = Ready for offline use, all tracks
offline-offline = Offline now: all tracks work from what was saved
offline-refused = Needs the network: this browser keeps nothing here, as in a private window
offline-insecure = Needs the network: without https nothing can be kept
offline-failed = Not saved for offline use yet: the next visit tries again
offline-before = Open a track once, and all of them work with the network off
offline-new-version = A new version of the lab is here. Your work is kept.
offline-load-now = Load it now

## Parts

light-pass = Pass
light-fail = Fail
light-pending = Not measured
# Told to screen readers when a light changes.
light-told = { $state ->
    [pass] { $light }: pass.
   *[fail] { $light }: fail.
}
# $done is what is said of a task once it is done.
challenge-met = Challenge done: { $done }
challenge-state = { $state ->
    [done] Done
   *[open] Open
}
challenges-left = { $left } of { $all } challenges are still open
failure-told = Failure: { $title }.
verdict-by = { $dial } at { $value } did it.
failure-none-any-more = Nothing breaks down any more.
deployments-left = { $left } of { $all } left
deployments-caption = Deployments
essay-count = { $typed } of at least { $least } characters.
part-title = Part { $number }: { $title }
part-state = { $state ->
    [done] { $part }, in your ledger
    [begun] { $part }, begun
   *[open] { $part }
}
part-saved = In your ledger.
# $missing is a list of what the part still lacks.
part-still-missing = Still missing: { $missing }.

## The lock

# $value is the label of a card and what it implies, or a number with its unit.
lock-predicts = You predict { $value }.
lock-card = { $label }: { $implies }
# The part was locked in two places; $answer is what counts, such as “15 %”.
lock-gave-way = Part { $part } was locked elsewhere too, such as in another tab, and that prediction counts: { $answer }
lock-came-first = Part { $part } was locked in another tab too. The prediction here counts.
# Why a number can't be taken.
lock-not-read = That can’t be read as one number.
# $one is without a mark, $other with a decimal point and a 0 more at its end.
lock-two-readings = { $typed } may mean { $one } or { $other }: write one of these.
link-copied = Copied; it opens exactly this setting.
link-in-bar = It stands in the address bar now.
link-is = It is { $address }
start-done = { $done } of { $all } in your ledger
start-begun = Begun

## The player of an instrument that moves

player-label = Step through time
player-play = Play
player-pause = Pause
player-back = Back
player-step = Step
player-moment = Moment
player-speed = Speed
player-times = { $times }×
player-where = { $now } of { $all }

## Notices

notice-dismiss = Dismiss

## The ledger

# One line for each part; $factor is that of the prediction.
ledger-line = { $state ->
    [checkpointed] Saved
    [passed] Targets met, not saved
    [predicted] Predicted
   *[open] Not begun
}
ledger-line-off = { $line }; off by { $factor }×
ledger-starting = { $state ->
    [failed] The lab could not start; try that again first. The file is saved as soon as it is ready, if this page stays open.
   *[starting] Python is still starting. The file is saved as soon as it is ready, if this page stays open.
}
ledger-starting-read = { $state ->
    [failed] The lab could not start; try that again first. The file is read as soon as it is ready, if this page stays open.
   *[starting] Python is still starting. The file is read as soon as it is ready, if this page stays open.
}
ledger-print-later = The ledger can be printed as soon as Python is ready.
ledger-not-all = What you did since this page opened is not in it yet.
ledger-too-large = { $file } has { $size } MB; a ledger has at most { $most } MB. Your ledger is as it was.
ledger-unreadable = { $file } can’t be read. Your ledger is as it was.
ledger-ask-begin = Begin a new ledger? The one here is set aside below, and can be brought back.
ledger-begin = Begin a new ledger
ledger-ask-other = This file holds another ledger ({ $theirs }). Open it? Yours ({ $mine }) is set aside below, and can be brought back.
ledger-open-other = Open the file’s ledger
ledger-leave = No, leave it as it is
ledger-store-full = This browser’s store is full: what you do now lasts only as long as this page is open. Export your ledger as JSON before you leave.
ledger-nothing-kept = This browser keeps nothing here: your work lasts only as long as this page is open. Export your ledger as JSON before you leave.
# $shown is $parts as the language writes it.
ledger-export-due = { $parts ->
    [one] { $shown } part that you passed or saved is in no file yet.
   *[other] { $shown } parts that you passed or saved are in no file yet.
}
ledger-persisted = The browser has promised not to clear it for want of room.
ledger-saved = Saved as { $name }.
ledger-saved-perhaps = Saved as { $name }. If no file has come, the page around the lab forbids it: copy the text below.
ledger-copy-below = The page around the lab may forbid saving files: copy the text below.
ledger-copied = Copied.
ledger-selected = Selected: press Ctrl+C or ⌘C.
ledger-no-print = This frame may not print: export Markdown, and print that.

## What is set aside

shelf-damaged = What could not be read, set aside { $when } UTC
shelf-ledger = Ledger { $about }, set aside { $when } UTC
shelf-earlier = A ledger that an earlier version of the lab kept on this site, found { $when } UTC
# Said once, when the page has put something there by itself.
shelf-notice-earlier = An earlier version of the lab kept a ledger on this site. If it is yours, bring it back: it is set aside below your ledger.
shelf-notice-damaged = Something that this browser kept for the lab can’t be read. It is set aside below your ledger, as it was.
shelf-bring-back = Bring back
shelf-save = Save as a file
shelf-remove = Remove
shelf-remove-really = Remove for good?

## The demonstration of a book’s page

book-told-progress = { $state ->
    [predicted] Part { $part }: predicted.
    [passed] Part { $part }: passed.
    [checkpointed] Part { $part }: in the ledger.
   *[other] Part { $part }
}
book-told-error = The lab could not start.

## The reveal

reveal-you = You
reveal-model = Model
reveal-early = You asked for the reveal before the targets were met; your ledger says so.

## The open bench

bench-wait = Python is still starting: try again in a moment.
bench-state = { $state ->
    [running] Computing
    [failed] This fleet can’t be; the last answer stands below.
   *[ready] Up to date
}
bench-fleet-a = Fleet A
bench-fleet-b = Fleet B
bench-figure = Figure
# $fleet is a, b, or alone if there is one only
bench-by-formula = { $fleet ->
    [a] A by formula
    [b] B by formula
   *[alone] By formula
}
bench-simulated = { $fleet ->
    [a] A simulated
    [b] B simulated
   *[alone] Simulated
}
bench-open = Open
# $fleet is its accelerators and how they are split
bench-open-fleet = Open { $fleet }
bench-link-copied = The link is copied; it holds every dial.
# $address is a web address
bench-link = Copy this: { $address }

## The strip of requests

flow-label = Requests, as simulated
# On to the moment at which something happens next.
flow-next = Next
flow-table-button = Counts
flow-models = models { $models }
# On the picture, each in a few letters, with the numbers of the moment. { $name } is a stage.
flow-arriving = { $noun } arrive
flow-leaving = leaving
flow-waiting-now = waiting { $number }
flow-served-now = { $name } { $number } of { $slots }
flow-held-now = done, held { $number }
flow-more = +{ $number }
# The present setting for the ear and the eye, off until it is asked for.
felt-hear = Hear it
felt-see = See it
felt-click = Play the click
felt-move = Let it move
felt-stop = Stop
# Over two rows of dots: where each frame should be when it is due, and where the picture is.
felt-due = due
felt-shown = shown

## The queue of the start page

live-servers = in service
live-noun = requests
live-waiting = Mean waiting
live-late = Late
live-key = late: waited over 2 s
live-grows = grows without end
live-sentence = At { $load } of what the four servers can do, { $waiting } requests wait in the mean, and { $late } wait longer than twice a service.
live-endless = At { $load } more arrive than four servers can serve: the queue grows without end.

## The assignment that a student works on

# $parts is a list of numbers: "1 and 3".
assignment-parts = { $count ->
    [one] part { $parts }
   *[other] parts { $parts }
}
# $parts is assignment-parts, $track a track's name.
assignment-said = Your assignment: { $parts } of { $track }.
# $due is a day and a time with its zone; $over says whether it has passed.
assignment-said-due = Your assignment: { $parts } of { $track }, { $over ->
    [yes] was due
   *[no] due
} { $due }.
# $bound and $own are such as "at most 1 s".
assignment-limit = Part { $part }, { $label }: { $bound } instead of { $own }.
