# What the page for peer instruction says.

peer-lock = { $track }, part { $part }: { $title }
peer-code = QR code: leads to { $track }, part { $part }
peer-option = { $letter }: { $label }
peer-count = Votes for { $letter }
peer-type-letters = Letters that are read out or pasted, such as “a b b d”
peer-type-numbers = Numbers that are read out or pasted, with a space between
peer-typed-all = Counted: { $taken }.
peer-typed-left = Counted: { $taken }. Not an answer to this question, and left in the field: { $left }.
peer-ledgers-left = Counted: { $taken }. Without a prediction for this part, or counted before: { $left }.
peer-not-yet = not yet
# $stage: 1 first vote, 2 discussion, 3 second vote, 4 both votes.
peer-stage = { $stage ->
    [1] First vote, each alone: { $votes } counted
    [2] Discuss with those beside you, then vote again
    [3] Second vote: { $votes } counted
   *[4] Both votes
}
peer-next = { $stage ->
    [1] Close the first vote
    [2] Open the second vote
   *[3] Close the second vote
}
peer-key-first = First vote
peer-key-second = Second vote
peer-bar = { $votes } · { $share }
# $round is 1 or 2.
peer-sentence-none = { $round ->
    [1] In the first vote
   *[2] In the second
} nobody voted.
peer-sentence = { $round ->
    [1] In the first vote
   *[2] In the second
} { $share } of { $all } chose { $answer }.
peer-sentence-tie = { $round ->
    [1] In the first vote
   *[2] In the second
} of { $all } no answer had most; the leading ones had { $share } each.
