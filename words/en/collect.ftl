# The command `labpy`, which makes one table of a class's ledgers. (Its CSV has fixed column names.)

collect-help = What teachers do with the ledgers of the Fleet Serving Lab.
collect-help-command = command
collect-help-collect = write one CSV from a folder of ledgers (.json files, also inside .zip)
collect-help-folder = where the ledgers are; folders in it are read
# $name is the file's name in the folder.
collect-help-output = the CSV to write (default: FOLDER/{ $name })
collect-help-texts = add the reflections and defences in full
collect-help-check = say of ledgers whether their chain holds
collect-help-file = ledgers, as the lab exported them
collect-no-folder = { $folder } is no folder
collect-written = { $file }: { $ledgers ->
    [one] { $ledgers } ledger
   *[other] { $ledgers } ledgers
}, { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}
collect-bad = bad: { $file }: { $reason }
collect-aside = left aside, neither .json nor .zip: { $files }
collect-chain-holds = { $file }: the chain holds: { $entries ->
    [one] { $entries } entry
   *[other] { $entries } entries
}, { $first } to { $last }
collect-chain-fails = { $file }: { $chain ->
    [broken] broken
    [rules] against the rules
   *[other] not read
}: { $reason }
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
collect-same-text = a text of its stands word for word in { $files }
collect-notes = { $before }; { $after }

## Why a file is not read

collect-no-file = it is no file that can be read
# $reason is what the system says.
collect-unreadable = it can't be read: { $reason }
collect-too-large = it is too large: a ledger has at most { $most } bytes
collect-no-zip = it is no zip that can be read
collect-too-much = it holds too much; read up to { $file }
collect-zip-in-zip = a zip inside a zip is not opened: unpack it first
collect-not-unpacked = it can't be unpacked: { $reason }
