# The figures of a fleet. $level is P50, P90 or P99.

fleet-quantile = { $what ->
    [ttft_s] Tiempo hasta el primer token
    [tpot_s] Tiempo por token
   *[response_s] Respuesta
}, { $level }
fleet-goodput = Goodput dentro del SLO
fleet-within = Peticiones dentro del SLO
fleet-tokens = Tokens de las respuestas
fleet-busy = Réplicas trabajando
fleet-prefill-busy = Réplicas de prefill trabajando
fleet-kv = Caché KV en uso
fleet-preemptions = Desalojos
fleet-accelerators = Aceleradores
fleet-cost-hour = Coste por hora
fleet-cost-tokens = Coste por millón de tokens
fleet-energy = Energía por token
fleet-power = Potencia media de los aceleradores
fleet-hits = Tokens de los prompts hallados en la caché
fleet-refused = Peticiones demasiado largas para una réplica
fleet-traffic = { $requests ->
    [one] { $requests } petición
   *[other] { $requests } peticiones
} en { $time }: { $rate }, en promedio { $input } tokens de entrada y { $output } de salida; los intervalos entre llegadas tienen una dispersión de { $burstiness } veces su media (1 es Poisson).
fleet-difference = { $cost_verdict ->
    [same] Las dos flotas cuestan más o menos lo mismo por token
    [less] La flota A cuesta por token { $cost } lo que la flota B
   *[more] La flota B cuesta por token { $cost } lo que la flota A
}; el P99 hasta el primer token { $ttft_verdict ->
    [same] es más o menos el mismo
    [less] de la flota A es { $ttft } el de la flota B
   *[more] de la flota B es { $ttft } el de la flota A
}. Dentro de ambos límites está el { $first } de las peticiones con la flota A y el { $second } con la flota B.

## What formulas say before the simulation does

estimate-trust = { $doubt ->
    [none] Las fórmulas se apartan aquí de la simulación un { $error } como mucho.
    [arrivals] Las fórmulas suponen llegadas de Poisson a una tasa constante. Estas no lo son, así que los tiempos por fórmula son aproximados.
    [prefix] Las fórmulas no conocen la caché de prefijos, así que el primer token llega antes de lo que dicen.
    [load] Esto va más allá de lo que se les puede pedir a las fórmulas: confía en la simulación.
    [router] Las fórmulas envían las peticiones a réplicas al azar. Este router lo hace mejor, sobre todo cerca de la capacidad.
    [overload] Llega más de lo que la flota puede atender de forma indefinida, así que por fórmula las esperas crecen sin fin; en la simulación terminan cuando termina el tráfico.
    [room] Para peticiones de estas longitudes medias una réplica no tiene sitio.
    [pool] Las fórmulas no conocen ningún grupo de prefill: espera a la simulación.
   *[drafts] Las fórmulas no conocen los borradores: espera a la simulación.
}

## The answer in a sentence

fleet-verdict = { $verdict ->
    [keeps] Dentro de ambos límites
    [ttft] Por encima del límite del primer token
    [tpot] Por encima del límite del tiempo por token
    [both] Por encima de ambos límites
   *[refused] Ninguna réplica tiene sitio para algunas peticiones ({ $refused })
}: P99 de { $ttft } hasta el primer token (límite: { $ttft_limit }) y de { $tpot } por token (límite: { $tpot_limit }), por { $price } la hora o { $cost } el millón de tokens.

## The figures as tables and in sentences. $fleet is a, b, or alone if there is one only

fleet-table-time = Llegadas desde
fleet-table-arrivals = Llegadas
fleet-table-late = { $fleet ->
    [a] A:{" "}
    [b] B:{" "}
   *[alone] {""}
}P99 hasta el primer token
fleet-table-within = { $fleet ->
    [a] A:{" "}
    [b] B:{" "}
   *[alone] {""}
}Dentro del SLO
fleet-table-share = Proporción de peticiones
fleet-table-times = { $fleet ->
    [a] A:{" "}
    [b] B:{" "}
   *[alone] {""}
}{ $what ->
    [ttft_s] Primer token, como mucho
    [tpot_s] Cada token siguiente, como mucho
   *[response_s] Respuesta, como mucho
}
fleet-table-price = Precio por hora
fleet-table-accelerator = Acelerador
fleet-table-chips = Aceleradores
fleet-table-split = Reparto
fleet-table-slow = P99 por token
fleet-table-slo = SLO
fleet-chips = { $number } × { $name }
# $prefill is the number of replicas of the prefill pool
fleet-split = TP { $tensor }, PP { $pipeline }, { $prefill ->
    [0] { $replicas ->
        [one] { $replicas } réplica
       *[other] { $replicas } réplicas
    }
   *[other] grupos de { $prefill } + { $replicas }
}
fleet-slo-kept = { $kept ->
    [yes] cumplido
   *[no] no cumplido
}
fleet-course = { $fleet ->
    [a] Flota A:{" "}
    [b] Flota B:{" "}
   *[alone] {""}
}El P99 hasta el primer token está entre { $least } y { $most }; es máximo a partir de { $time }, cuando llegan { $rate }.
fleet-distribution = { $fleet ->
    [a] Flota A:{" "}
    [b] Flota B:{" "}
   *[alone] {""}
}La mitad de las peticiones tiene su primer token en { $half } como mucho, y el 99 %, en { $most }. Con { $ttft } como mucho hasta el primer token y { $tpot } como mucho por cada uno de los siguientes está el { $within } de ellas.
fleet-frontier = { $tried ->
    [one] Se simuló { $tried } flota
   *[other] Se simularon { $tried } flotas
}; dentro de los límites: { $meets }. La tabla contiene aquellas a las que ninguna otra supera a la vez en precio y en tiempo hasta el primer token.
