# What `labpy mark` says: the feedback file of a student, and the command itself.

## What the ledger shows of a row of the rubric

marking-no-prediction = No prediction is locked.
marking-predicted = Predicted: { $answer }.
# $how is a key.
marking-sure = { $how ->
    [guess] Said to be a guess.
    [fairly] Said to be fairly sure.
   *[certain] Said to be certain.
}
marking-came-out = The models said { $outcome }.
marking-why = A reason stands beside it.
marking-no-why = No reason stands beside it.
marking-early = The reveal was asked for before the targets were met.
marking-no-settings = No settings are recorded.
marking-met = All { $targets } targets met.
marking-missed = Missed: { $target }.
marking-failure = A failure state: { $failure }.
marking-start = The settings are those of the start.
marking-deployed = { $deployments ->
    [one] { $deployments } deployment
   *[other] { $deployments } deployments
}, of which { $single } changed one dial and no more; { $restarts ->
    [one] { $restarts } restart
   *[other] { $restarts } restarts
}.
marking-no-text = Nothing is written.
marking-words = { $words ->
    [one] { $words } word.
   *[other] { $words } words.
}
marking-short = Shorter than the { $least } characters that are asked for.
marking-no-figure = No figure in it is one of this run.
marking-figure = { $figure } is a figure of this run.
# $parts is the number of a part, or several.
marking-figure-of = { $figure } is a figure of this run, in part { $parts }.
marking-parts = { $before } and { $after }

## The feedback file

marking-title = Fleet Serving Lab: { $track }
# $name is the student's name, or the file's.
marking-for = Feedback for { $name }
marking-part = Part { $part }: { $title }
marking-row = Row of the rubric
marking-points = Points
marking-shows = What the ledger shows
marking-given = { $points } of { $most }
marking-open = open, of { $most }
marking-total = In all { $points } of { $most } points.
marking-not-yet = Of { $most } points some are open: a teacher has to say.
marking-written = What you wrote
marking-levels = What the rubric asks
marking-comment = From your teacher
marking-made-by = The settings were judged by a program from your ledger, and so were the facts beside each row. What your texts are worth, a person has said.

## The command

mark-help = fill in the rubric for a folder of ledgers: one feedback file a student, and a table for your points
mark-help-output = the folder to write (default: FOLDER/{ $name })
mark-help-marks = the table with your points and comments, which an earlier run wrote
mark-help-worksheet = the table of grades that Moodle, Canvas or Blackboard gave you; a copy is written with points and comments
mark-help-column = the worksheet’s column that takes the points, where it has several
mark-written = { $folder }: { $files ->
    [one] { $files } feedback file
   *[other] { $files } feedback files
}, { $marks } for your points
mark-graded = { $file }: { $rows ->
    [one] { $rows } row filled in
   *[other] { $rows } rows filled in
}
mark-nobody = in no row of the worksheet: { $files }
mark-bad-points = { $file }: { $column } must be a whole number from 0 to { $most }, got { $value }
mark-unreadable = it is no table that can be read
mark-no-columns = it is no worksheet of Moodle, Canvas or Blackboard: it has none of the columns { $columns }
mark-which-column = name the column for the points by --column; it has: { $columns }
mark-refused = { $file }: { $reason }
