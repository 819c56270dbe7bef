budget-title = El presupuesto
budget-source = Una suma; la fuente de cada parte está junto a su modelo

# $verdict: whether the total is within the limit, just as large (full), or beyond it.
budget-summary = { $verdict ->
    [within] { $title }: { $total }, { $rest } por debajo del límite de { $limit }; lo que más pesa es «{ $part }» ({ $share }).
    [full] { $title }: { $total }, todo el límite de { $limit }; lo que más pesa es «{ $part }» ({ $share }).
   *[beyond] { $title }: { $total }, { $rest } por encima del límite de { $limit }; lo que más pesa es «{ $part }» ({ $share }).
}
# The same where there is nothing to add up.
budget-summary-empty = { $verdict ->
    [within] { $title }: { $total }, { $rest } por debajo del límite de { $limit }.
    [full] { $title }: { $total }, todo el límite de { $limit }.
   *[beyond] { $title }: { $total }, { $rest } por encima del límite de { $limit }.
}
budget-summary-endless = { $title }: el total crece sin fin, más allá del límite de { $limit }.

budget-caption = { $title } frente a un límite de { $limit }
budget-column-part = Parte
budget-column-now = Ahora
budget-column-share = Del límite
budget-column-ghosts = Barras finas: { $label }

budget-formula = { $title }: las partes frente al límite
budget-formula-limit = límite
budget-formula-plus = { $before } + { $after }
budget-formula-numbers = { $sum } = { $total } { $holds ->
    [yes] ≤
   *[no] >
} { $limit }
