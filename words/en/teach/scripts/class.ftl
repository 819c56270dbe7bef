### What the script of a class's page says.

class-wait = Python is starting. Choose the files again in a moment.
class-reading = { $read ->
    [one] { $read } ledger read …
   *[other] { $read } ledgers read …
}
class-read = { $files ->
    [one] { $files } file read
   *[other] { $files } files read
}, { $bad ->
    [0] all of them ledgers whose chain holds.
   *[other] { $bad } of them not as the lab wrote it.
}
class-empty = There are no ledgers here yet.
class-aside = { $files ->
    [one] { $files } file was left aside, no ledger and no zip
   *[other] { $files } files were left aside, no ledgers and no zips
}: { $names }
class-shown = { $shown } of { $all }
class-of = { $some } of { $all }
class-chain = { $chain ->
    [holds] holds
    [broken] broken
    [against-the-rules] against the rules
   *[other] not read
}
class-replay = { $replay ->
    [matches] matches
    [differs] differs
    [impossible] impossible
   *[other] another build
}
