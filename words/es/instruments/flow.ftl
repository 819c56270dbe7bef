# The strip above the figure, in which requests (frames, calls, packets) arrive, wait, are served and
# leave. { $noun } is what passes, in the plural; { $of } what it is the run of.
flow-requests = peticiones
flow-batch = en el batch
flow-waiting = Media en espera
flow-in-service = Media en servicio
flow-late = Con retraso
# What it is that befalls those drawn as diamonds.
flow-no-token = con retraso: sin primer token tras { $limit }
flow-thrown-out = expulsada de la caché
flow-share-thrown-out = Estancias con expulsión
flow-prefill = prompts
flow-decode = respuestas
flow-cache = en la caché
flow-in-cache = Media en la caché
flow-one-of-replicas = { $replicas ->
    [1] la única réplica
   *[other] una de { $replicas } réplicas
}
# A part of a replica's cache that is simulated.
flow-part-of-cache = una parte de la caché de una réplica (el { $share }), ante la que siempre esperan peticiones
flow-of-all = toda la flota
flow-grows = crece sin fin
flow-so-far = { $run } hasta ahora
flow-shown = { $span } de la simulación de { $of }: { $noun } que llegan por la izquierda, esperan, reciben servicio y salen por la derecha.
flow-counted = { $name }: { $run }; según los modelos, { $models }.
flow-counted-alone = { $name }: { $run }.
flow-without-end = { $name }: crece sin fin, porque llegan más { $noun } de lo que se puede atender.
flow-all-in-the-end = { $name }: { $run }, y al final el total, porque llegan más { $noun } de lo que se puede atender.
flow-table = Recuento de toda la simulación, junto a los modelos
flow-column-of = Qué
flow-column-run = Esta simulación
flow-column-models = Modelos
flow-column-spread = Margen
