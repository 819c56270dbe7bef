# The command `labpy`, which makes one table of a class's ledgers. (Its CSV has fixed column names.)

collect-help = What teachers do with the ledgers of the Fleet Serving Lab.
collect-help-command = command
collect-help-collect = write one CSV from a folder of ledgers (also inside .zip files)
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
collect-aside = left aside, no ledger and no zip: { $files }
collect-chain-holds = { $file }: the chain holds: { $entries ->
    [one] { $entries } entry
   *[other] { $entries } entries
}, { $first } to { $last }
collect-chain-fails = { $file }: { $chain ->
    [broken] broken
    [rules] against the rules
   *[other] not read
}: { $reason }
## Why a file is not read

collect-no-file = it is no file that can be read
# $reason is what the system says.
collect-unreadable = it can't be read: { $reason }
