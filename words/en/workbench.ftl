# The workbench: dials, lights, the lock, the log of deployments, the reveal.

# $limit is an amount, at times inside a phrase: "50% of the start".
target-at-most = at most { $limit }
target-at-least = at least { $limit }

knob-on = on
knob-off = off
# What a link may say of a switch: the words true and false stay in every language.
knob-switch = true or false
# $low has no unit, $high has.
knob-allowed = { $low } to { $high }
# $value stands in quotes.
knob-refused = { $key }={ $value } is not allowed; allowed: { $allowed }

lock-no-option = { $answer } is no option of this lock; allowed: { $allowed }
lock-no-number = { $answer } is not a number
lock-out-of-bounds = { $answer } is out of bounds; allowed: { $lowest } to { $highest }

deployments-number = No.
deployments-configuration = Configuration
deployments-targets = Targets
deployments-pass = Pass
deployments-fail = Fail
# One dial with its value, and several of them.
deployments-setting = { $dial } { $value }
deployments-settings = { $before }, { $after }
deployments-met = A deployment met every target.
# $lacks is a list of deployments-lack; $nearest the number of a deployment.
deployments-spent = All { $iterations } iterations are spent. The nearest was number { $nearest }; it missed { $lacks }.
# How far a light was from its limit.
deployments-lack = { $target } by { $lack }
deployments-none = this part has no deployments: its knobs act at once
deployments-no-more = all { $iterations } iterations are spent; restart the part to try again (the restart stands in your ledger)
deployments-predict-first = predict first: a deployment needs a prediction

reveal-predict-first = predict first: the reveal needs a prediction
reveal-right = You predicted { $predicted }; it is { $actual }: right on.
reveal-off = You predicted { $predicted }; it is { $actual }: off by { $factor }.
# One of the two is zero, or without end.
reveal-beyond = You predicted { $predicted }; it is { $actual }: no factor leads from one to the other.

# How sure the reader was, beside whether the prediction was right.
reveal-guess-right = You called it a guess, and it was a good one.
reveal-guess-off = You called it a guess.
reveal-fairly-right = You were fairly sure, and rightly so.
reveal-fairly-off = You were fairly sure: what did you take for granted?
reveal-certain-right = You were certain, and rightly so.
reveal-certain-off = You were certain: this is the one to remember.

# $error is what went wrong, in the words of Python.
workbench-error = That did not work, the lab goes on. ({ $error })

# What lights and figures show while the dials make a draft.
draft-shows = Lights and figures show deployment { $number }.
draft-shows-start = Lights and figures show the fleet as you found it.

## What helps where a part does not pass
# The dial is named first, then which way it goes, then a value; several dials where one alone
# does not help.

# A target, what it reads, and its limit: "at most 50 ms".
hint-gap = { $target }: { $reading }, { $bound }.
# The title of a failure, a sentence or a heading without a full stop.
hint-failure = { $title }.
# $gap is hint-gap or hint-failure; a dial is named as its label has it.
hint-dial = “{ $dial }”
hint-lever = { $gap } What moves it: { $dial }.
# $dials is a list of two or more.
hint-levers = { $gap } No dial does it alone; { $dials } have to move together.
# $way is hint-up, hint-down, hint-switch or hint-other; $ways is a list of them.
hint-way = { $gap } What brings it nearer: { $way }.
hint-ways = { $gap } What brings it nearer, together: { $ways }.
hint-up = more of “{ $dial }”
hint-down = less of “{ $dial }”
# $value is "on" or "off".
hint-switch = “{ $dial }” { $value }
hint-other = another choice of “{ $dial }”
# $moves is one hint-move, or a list of them.
hint-move = “{ $dial }” to { $value }
hint-step = { $gap } Setting { $moves } brings it to { $after }.
hint-step-eases = { $gap } Setting { $moves } eases it.
hint-steps = { $gap } Setting { $moves } together brings it to { $after }.
hint-steps-eases = { $gap } Setting { $moves } together eases it.
# $hint is one of those above; $lights is a list of targets that are met now.
hint-costs = { $hint } Something has to be given up for it: { $lights }.

## The picture of the reveal
# $what is the lock's quantity, $at the place on the axis that the lock asks about.
reveal-picture = { $what }. At { $at }: you predicted { $predicted }, the models say { $actual }.
reveal-picture-model = Models
reveal-picture-you = You
# The setting that the lights show: its dials stand under this heading, then what each light reads.
reveal-yours = Your own setting
reveal-light = { $met ->
    [yes] ✓ { $label }: { $value }, { $limit }
   *[no] ✗ { $label }: { $value }, not { $limit }
}

# Why the assignment of a link is refused.
assign-mistyped = The assignment in this link is mistyped or cut off, so it is not used. Copy the whole link once more, or ask your teacher for it.
assign-newer = The assignment in this link was made by a newer version of the lab, so it is not used. Reload the page while you are online.
assign-unknown = The assignment in this link asks for what this version of the lab does not have, so it is not used. Ask your teacher for a new link.
# $track is a track's name.
assign-elsewhere = The assignment in this link is one of { $track }. Open it on that track's page.
