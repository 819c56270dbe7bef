# The Throughput Knee: the words of missions/cloud/part_1.toml

## The part

cloud-1-title = El codo del throughput
cloud-1-stakeholder-role = Directora de Chat

## The prediction

cloud-1-lock-question = Si subes la tasa de peticiones al 90 % de tu capacidad máxima, ¿la latencia P99 crece de forma lineal o exponencial?
cloud-1-lock-quantity = P99 hasta el primer token al 90 % de la capacidad, como múltiplo del que hay al 45 %
cloud-1-lock-option-flat = Apenas crece
    .detail = Aún hay una ranura libre, así que nadie tiene que esperar.
cloud-1-lock-option-linear = De forma lineal
    .detail = Al compás de la carga: el doble de peticiones, el doble de P99.
cloud-1-lock-option-exponential = De forma exponencial
    .detail = Cada décima parte de la capacidad la duplica: 4,5 duplicaciones.
cloud-1-lock-option-hyperbolic = De forma hiperbólica
    .detail = Plana mientras haya una ranura libre; luego, como uno entre la proporción ociosa: un muro.

## The dials

cloud-1-knob-arrival_rate = Tasa de llegadas
    .doc = Peticiones que llegan a la flota cada segundo, en momentos al azar
cloud-1-knob-batch_window = Ventana de batch
    .doc = Cuánto espera la primera petición de un batch estático a que se le unan otras; con batching continuo nadie espera
cloud-1-knob-replicas = Réplicas
    .doc = Copias del modelo × GPU que tiene cada una
    .choice-1 = 1 × 8
    .choice-2 = 2 × 4
    .choice-4 = 4 × 2
cloud-1-knob-policy = Batching
    .doc = Estático: el batch sigue junto hasta que acaba su respuesta más larga. Continuo: una petición entra o sale después de cualquier token
    .choice-static = Estático
    .choice-continuous = Continuo

## The lights

cloud-1-target-latency = P99 hasta el primer token
cloud-1-target-pace = P99 por token
cloud-1-target-demand = Peticiones atendidas
cloud-1-target-headroom = Carga de esta flota
    .reading = { $value } de la capacidad

## What breaks down

cloud-1-failure-overload = La cola crece sin fin
    .message = Las peticiones llegan más deprisa de lo que la flota puede acabarlas: cada una espera detrás de una fila más larga que la anterior, mientras esto dure.

## The challenges

cloud-1-challenge-wall = Ponte ante el muro: con batching continuo, carga una flota a más del 90 %, antes de que la cola crezca sin fin.
    .done = Al { $utilization } de la capacidad, 99 de cada 100 respuestas empiezan en { $ttft_p99_s } como mucho. Un paso o dos más y nada da abasto.
cloud-1-challenge-flat = Encuentra la parte plana: carga una flota entre el 50 y el 65 % y mantén el P99 por debajo de 0,2 s.
    .done = Con más de la mitad de la carga, al { $utilization }, el P99 es de solo { $ttft_p99_s }: antes del codo casi siempre hay una ranura libre.
cloud-1-challenge-slower = Cambia ritmo por holgura: haz que cada token tarde la mitad más que al principio y que la flota esté tres décimas menos cargada.
    .done = La carga bajó al { $utilization } de la capacidad y el P99 por token subió a { $tpot_p99_s }: los servidores más pequeños hablan menos entre sí, y cada uno es más lento.

## The reflection

cloud-1-reflection-voice = Patterson
cloud-1-reflection-question = ¿Por qué el 80 % de utilización es el techo práctico de un sistema que responde a tiempo? Tu caso: el próximo producto trae repuntes de la mitad de la carga, no de una décima parte. ¿Dónde pones ahora el techo?

## Sources

cloud-1-source-1 = M/M/1: Mor Harchol-Balter, Performance Modeling and Design of Computer Systems, Cambridge University Press, 2013, capítulo 13
cloud-1-source-2 = Batching continuo: Yu et al., Orca: A Distributed Serving System for Transformer-Based Generative Models, OSDI 2022
