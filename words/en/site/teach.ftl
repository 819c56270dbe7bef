# The teachers' pages.

answers-heading = Answer key: { $track }
answers-lead = { $persona }: { $serves }. { $crisis }
answers-computed = Every figure below was computed by the lab’s models when this site was built; the setting that is said to pass was tried, and so was the one that is said to fail. Each setting opens in the lab, behind the prediction like any other: lock one first.
answers-part = Part { $number }: { $title }
answers-lock = The lock
answers-right = Right
answers-truth = The models say { $truth } ({ $quantity }).
answers-sentence = What the reveal tells the student: { $sentence }
answers-instead = What students predict instead
answers-predicted = Predicted
answers-why = Why.
answers-reply = What to answer.
answers-settings = Settings
answers-passes = Passes
answers-open = Open this setting in the lab
# $trial is the setting's name.
answers-open-of = Open this setting in the lab: { $trial }
answers-targets-of = Targets: { $trial }
answers-target = Target
answers-met = ✓ met
answers-failure = Failure shown: { $failures }.
answers-reflection = Reflection
answers-defence = Defence
answers-question = { $voice }: { $question }
answers-look-for = Look for
answers-model = A model answer.
answers-fails = Fails
answers-reading = Reading
answers-limit = Limit
answers-state = State
answers-missed = ✗ missed
grading-good = Good
grading-heading = Rubric
grading-criteria = Criteria
grading-looked-at = What is looked at
grading-points = { $points } points
grading-examples = A sentence for each level
grading-examples-of = Examples: { $track }
grading-part = Part
grading-part-name = { $number }. { $title }
grading-of-strategy = of the whole strategy
grading-partial = Partial
grading-weak = Weak
models-heading = How the models work
models-used-in = In { $parts }
models-formula-of = Formula: { $title }
models-assumes = Assumes
models-checked = Checked
models-fails = Fails

## The page that makes assignments

assign-heading = Make an assignment
assign-lead = Choose parts, limits and an end. The link that comes of it holds all of that: no server keeps it, and a mistyped one is refused. Each student’s ledger keeps the assignment, and is complete when its parts are.
assign-needs-javascript = This page needs JavaScript.
assign-track = Track
assign-parts = Parts and limits
assign-due = Due
assign-due-about = By this computer’s clock and time zone; each student reads it in their own. Leave it empty if it stays open.
assign-checked = Checked
assign-result = To hand out
assign-link = Link
assign-text = Text to paste
assign-copy = Copy
assign-try = Try it
assign-none = There is a link as soon as each part can be met and is not met at its start.
assign-elsewhere-how = In the one-file lab, in a page that embeds the lab, and in a package for a course:

## The page for peer instruction

peer-heading = Peer instruction
peer-lead = Show a prediction, let everyone vote alone, let neighbours talk, and vote again. Count hands with the buttons, type what is read out, or open exported ledgers; nothing leaves this page, and no name is shown. Predictions can’t be changed in the lab: vote here before they are locked there.
peer-which = Prediction
peer-present = Show large
peer-options = Answers: press one to count a vote for it
peer-add = Count
peer-ledgers = Ledgers
peer-again = Begin anew
peer-peek = Show the first vote
peer-votes = Votes
peer-answer = Answer
peer-first = First vote
peer-second = Second vote
