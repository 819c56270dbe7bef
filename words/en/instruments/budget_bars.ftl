budget-title = The budget
budget-source = A sum; each part's source stands with its model

# $verdict: whether the total is within the limit, just as large (full), or beyond it.
budget-summary = { $verdict ->
    [within] { $title }: { $total }, { $rest } less than the limit of { $limit }; the largest part is “{ $part }” ({ $share }).
    [full] { $title }: { $total }, all of the limit of { $limit }; the largest part is “{ $part }” ({ $share }).
   *[beyond] { $title }: { $total }, { $rest } over the limit of { $limit }; the largest part is “{ $part }” ({ $share }).
}
# The same where there is nothing to add up.
budget-summary-empty = { $verdict ->
    [within] { $title }: { $total }, { $rest } less than the limit of { $limit }.
    [full] { $title }: { $total }, all of the limit of { $limit }.
   *[beyond] { $title }: { $total }, { $rest } over the limit of { $limit }.
}
budget-summary-endless = { $title }: the total grows without end, beyond the limit of { $limit }.

budget-caption = { $title } against a limit of { $limit }
budget-column-part = Part
budget-column-now = Now
budget-column-share = Of the limit
budget-column-ghosts = Thin bars: { $label }

budget-formula = { $title }: the parts against the limit
budget-formula-limit = limit
budget-formula-plus = { $before } + { $after }
budget-formula-numbers = { $sum } = { $total } { $holds ->
    [yes] ≤
   *[no] >
} { $limit }
