# What a user costs, at the start and now, against the CFO's limit.
cost-title = Lo que cuesta un usuario
cost-panel = Coste por usuario y mes
cost-axis = Coste
cost-ghosts = al principio
cost-limit = CFO: { $share }, { $limit }
cost-row-limit = El { $share } de la CFO
cost-sentence-endless = Con estos ajustes no se puede atender a nadie, así que un usuario no tiene un coste mensual finito.
# { $over } is what the cost is over the limit by.
cost-sentence = Un usuario costaba { $start } al mes al principio y ahora cuesta { $now }{ $known ->
    [yes] {" "}(el { $share } de aquello)
   *[no] {""}
}, lo que { $verdict ->
    [met] cumple el límite de la CFO, { $limit }
    [dear] incumple el límite de la CFO, { $limit }, por { $over }
    [slow] incumple lo que pide la CFO, { $limit }, porque el P99 empeoró
   *[both] incumple el límite de la CFO, { $limit }, por { $over }, y además el P99 empeoró
}.
cost-column-part = Parte
cost-column-start = Al principio
cost-column-now = Ahora
cost-formula = El reto de la CFO
cost-formula-now = ahora
cost-formula-start = inicio
cost-formula-numbers = { $now } { $holds ->
    [yes] ≤
   *[no] >
} { $share } × { $start } = { $limit }
cost-formula-source = El reto de la misión; la ley que hay detrás es el dominio del coste de servicio: a lo largo de su vida, operar una flota cuesta más que comprarla
