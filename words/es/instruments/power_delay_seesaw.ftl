# { $batch } names what runs along the curve, such as "4 ms of window" or "2 of 7 stages".
seesaw-title = Potencia frente a retardo
seesaw-delay = Retardo
seesaw-power = Potencia
# An axis on a log scale: its words and its unit.
seesaw-axis = { $words } ({ $unit }, escala log)
seesaw-too-late = demasiado tarde: > { $limit }
seesaw-too-hot = más de { $limit }
seesaw-sweet = punto óptimo
seesaw-measured = Medido
seesaw-source = Fuente

seesaw-summary = Con { $batch }, el retardo es { $delay } y la potencia { $power }: { seesaw-summary-verdict }; el punto óptimo va de { $low } a { $high }.
seesaw-summary-one = Con { $batch }, el retardo es { $delay } y la potencia { $power }: { seesaw-summary-verdict }; el punto óptimo es { $sweet }.
# Where a limit is broken, where both would hold is for the reader to find.
seesaw-summary-outside = Con { $batch }, el retardo es { $delay } y la potencia { $power }: { seesaw-summary-verdict }.
seesaw-summary-none = Con { $batch }, el retardo es { $delay } y la potencia { $power }: { seesaw-summary-verdict }; nada en la curva cumple ambos.
# $verdict: which limits hold at the operating point; late: not the delay's, hot: not the power's.
seesaw-summary-verdict = { $verdict ->
    [both] se cumplen ambos límites
    [late] la potencia cumple, el retardo no
    [hot] el retardo cumple, la potencia no
   *[neither] no se cumple ninguno de los dos límites
}

seesaw-caption = Retardo y potencia frente a { $delay } y { $power }
seesaw-column-limits = Límites
seesaw-row-now = { $batch } (ahora)
seesaw-row-measured = { $label } (medido)
seesaw-verdict = { $verdict ->
    [both] se cumplen ambos
    [late] demasiado tarde
    [hot] demasiada potencia
   *[neither] no se cumple ninguno
}

seesaw-formula = El punto óptimo: retardo y potencia dentro de sus límites a la vez
seesaw-formula-limit = límite
seesaw-formula-and = y
# D is the delay, P the power.
seesaw-formula-numbers = { $verdict ->
    [both] D = { $delay } ≤ { $delay_limit }; P = { $power } ≤ { $power_limit }
    [late] D = { $delay } > { $delay_limit }; P = { $power } ≤ { $power_limit }
    [hot] D = { $delay } ≤ { $delay_limit }; P = { $power } > { $power_limit }
   *[neither] D = { $delay } > { $delay_limit }; P = { $power } > { $power_limit }
}
seesaw-formula-source = Los límites de la misión
