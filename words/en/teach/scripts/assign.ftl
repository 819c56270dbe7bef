# What the page that makes assignments says.

assign-part = Part { $number }: { $title }
# A limit as the lab itself sets it.
assign-own = { $bound } (the lab’s own)
assign-limit-of = Part { $part }, { $label }
assign-from = Limit
assign-to = up to
assign-same = the same for all
assign-no-part = Choose a part.
assign-good = Part { $number }, { $title }: the start fails, the tempting setting fails, and a setting passes with room to spare.
assign-unmet = Part { $number }, { $title }: no setting is known that meets these limits together. Ease one of them.
assign-too-loose = Part { $number }, { $title }: with these limits the start or the tempting setting would pass, or nearly so. Make one of them stricter.
assign-copied = Copied.
assign-copy-yourself = The browser does not let the page copy: the text is selected, copy it yourself.

## The text to paste

assign-said-parts = { $count ->
    [one] part { $parts }
   *[other] parts { $parts }
}
assign-said = Assignment in the Fleet Serving Lab: { $parts } of { $track }.
assign-said-due = Due { $due }.
assign-said-limit = Part { $part }, { $label }: { $from } instead of { $own }.
assign-said-range = Part { $part }, { $label }: a limit of your own, from { $from } to { $to }, instead of { $own }.
assign-said-link = Open this link: { $link }
assign-said-hand-in = When you have saved each part, type your name at the foot of the page, export the ledger as JSON, and hand in that file.
# A command, the same in each language.
assign-said-scorm = uv run build.py scorm --assign { $word }
