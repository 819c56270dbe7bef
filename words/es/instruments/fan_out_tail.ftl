fan-out-title = La cola de la más lenta
fan-out-time-axis = Tiempo de respuesta
fan-out-share-axis = Las que tardan más (log)
# Ticks of the axis: all, 1 in 10, 1 in 100.
fan-out-all = todas
fan-out-one-in = 1 de { $n }
fan-out-time = Tiempo
fan-out-longer = Tardan más
fan-out-too-late = demasiado tarde: > { $deadline }

# $leaf and $late: shares that miss the deadline. $tail: the loop's P99.9.
fan-out-summary = Una llamada incumple el plazo de { $deadline } el { $leaf } de las veces; { fan-out-summary-slowest } el { $late } de las veces; su P99.9 es { $tail }, { $verdict ->
    [within] dentro
   *[beyond] fuera
} del plazo.
fan-out-summary-endless = Una llamada incumple el plazo de { $deadline } el { $leaf } de las veces; { fan-out-summary-slowest } el { $late } de las veces.
fan-out-summary-slowest = { $hedged ->
    [endless] la más lenta de { $calls } con llamadas de respaldo, que desbordan los motores, lo incumple
    [yes] la más lenta de { $calls } con llamadas de respaldo, que añaden un { $extra } de carga, lo incumple
   *[no] la más lenta de { $calls } lo incumple
}

fan-out-caption = Colas de la distribución frente al plazo
fan-out-column-calls = Llamadas
fan-out-column-late = Más de { $deadline }

fan-out-formula = Que se retrase alguna de n llamadas
fan-out-formula-numbers = 1 − (1 − { $late })^{ $calls } = { $any }, si las llamadas son independientes
fan-out-formula-source = Dean y Barroso, The Tail at Scale (2013)
