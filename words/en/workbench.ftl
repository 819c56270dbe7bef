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

# $error is what went wrong, in the words of Python.
workbench-error = That did not work, the lab goes on. ({ $error })
