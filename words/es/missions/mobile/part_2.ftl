# Sharding the Heavyweight: the words of missions/mobile/part_2.toml

## The part

mobile-2-title = Sharding del peso pesado
mobile-2-stakeholder-role = Directora de Wearables

## The prediction

mobile-2-lock-question = ¿El paralelismo de tensores (sharding de los pesos) reduce la latencia de una sola petición más que el paralelismo de pipeline (sharding de las capas)?
mobile-2-lock-quantity = fotograma medio con cada capa del nodo repartida entre dos nodos de la malla, como múltiplo del que hay con un nodo
mobile-2-lock-option-half = Sí, a la mitad
    .detail = Dos nodos comparten cada capa, así que el tiempo baja a la mitad.
mobile-2-lock-option-little = Sí, un poco
    .detail = Solo se reduce a la mitad la parte del fotograma que hace el nodo; el resto se queda.
mobile-2-lock-option-worse = No, es un poco peor
    .detail = Los intercambios se comen lo que ahorra el segundo nodo.
mobile-2-lock-option-hopeless = No, es muchas veces peor
    .detail = Cada capa paga dos veces la latencia de arranque.

## The dials

mobile-2-knob-cut = Capas en las gafas
    .doc = El corte del pipeline: las primeras de las 12 capas, tantas como diga el mando, se ejecutan en las gafas; el resto, en el nodo
    .reading = { $value } de 12
mobile-2-knob-ways = Reparto de tensores entre nodos
    .doc = Cuántos nodos comparten cada capa de la parte del nodo, por la misma malla
    .choice-1 = 1 nodo
    .choice-2 = 2 nodos
    .choice-4 = 4 nodos
mobile-2-knob-glasses = Gafas por nodo
    .doc = Pares de gafas en el canal y en el nodo, cada uno con 60 fotogramas por segundo
mobile-2-knob-messages = Mensajes por fotograma
    .doc = En cuántos trozos se parte lo que cruza; el fotograma espera al más lento

## The lights

mobile-2-target-stutter = Tirones: fotogramas de más de 16,7 ms
    .reading = { $value } de los fotogramas
mobile-2-target-cost = Coste del nodo por usuario y mes
mobile-2-target-power = Potencia de cómputo en la sien

## The log of deployments

mobile-2-log-p99_frame_s = Fotograma P99
mobile-2-log-stutter = Tirones
mobile-2-log-frames_per_s = Throughput
mobile-2-log-cost_usd = Coste por usuario y mes
mobile-2-log-alphas = Arranques seguidos
    .reading = { $value } α

## What breaks down

mobile-2-failure-air = El aire está lleno
    .message = Los mensajes de los fotogramas necesitan más del 100 % del tiempo del canal: la cola por el aire crece sin fin.
mobile-2-failure-node = El nodo está lleno
    .message = Al nodo se le pide más del 100 % de su tiempo.
mobile-2-failure-glasses = Las gafas no dan abasto
    .message = Las capas de las gafas tardan más de 16,7 ms: el siguiente fotograma llega antes de que este haya salido, y el chip está a su 1 W sin descanso.

## The challenges

mobile-2-challenge-whole = Haz que un fotograma medio sea diez veces más rápido que al principio.
    .done = Un fotograma tarda { $mean_frame_s }: decide la latencia de arranque de cada mensaje de la fila, no el trabajo.
mobile-2-challenge-warm = Mantén el aire casi libre y págalo en la sien: más de medio vatio.
    .done = El aire está ocupado al { $air } y la sien se calienta con { $power_w }: cada capa que se queda en las gafas es un mensaje que se ahorra y calor que se gana.
mobile-2-challenge-walls = Rómpelo de tres maneras.
    .done = Gafas, aire y nodo: aquel al que se le pide más de lo que tiene acaba con el flujo de todos.

## The reflection

mobile-2-reflection-voice = Jeff Dean
mobile-2-reflection-question = Tu estrategia de sharding es rápida, pero tu ancho de banda de bisección está saturado al 100 %. Propón una optimización Weight-Gather, que reúna los pesos, para reducir el impuesto de la red. ¿Qué reunirías por esta malla, cada cuánto, y qué queda entonces por enviar en cada fotograma? Tu caso: α baja a 10 µs y el ancho de banda se queda igual. ¿Gana ahora el reparto de tensores?

## Sources

mobile-2-source-1 = Cortar una red entre dispositivo y servidor: Kang et al., Neurosurgeon: Collaborative Intelligence Between the Cloud and Mobile Edge, ASPLOS 2017
mobile-2-source-2 = α + n/β: Hockney, The communication challenge for MPP: Intel Paragon and Meiko CS-2, Parallel Computing 20(3), 1994
mobile-2-source-3 = Dos intercambios por capa en un reparto de tensores: Shoeybi et al., Megatron-LM, arXiv:1909.08053
mobile-2-source-4 = Pesos fijos o reunidos: Pope et al., Efficiently Scaling Transformer Inference, 2022
