# The open bench: the words of missions/fleet/bench.toml

## The fleet

bench-group-fleet-knob-model = Modelo
    .doc = Del registro, o uno propio por su config.json
bench-group-fleet-knob-accelerator = Acelerador
    .doc = Sobre qué se ejecuta una réplica
bench-group-fleet-knob-tensor_parallel_size = Paralelismo de tensores
    .doc = Aceleradores entre los que se reparte cada capa
bench-group-fleet-knob-replicas = Réplicas
    .doc = Copias que atienden; con una reserva de prefill, las que hacen decode
bench-group-fleet-knob-weight_dtype = Pesos
    .doc = Tipo de los pesos
bench-group-fleet-knob-prefill_replicas = Reserva de prefill
    .doc = Réplicas que solo leen prompts; 0 para ninguna
bench-group-fleet-knob-router = Router
    .doc = A qué réplica se envía una petición
    .choice-random = al azar
    .choice-round_robin = por turnos
    .choice-least_loaded = la menos cargada
    .choice-power_of_two = la mejor de dos
    .choice-prefix = por prefijo
bench-group-fleet-knob-engine = Motor
    .doc = Motor de servicio; sus constantes son medidas o supuestas, véase la validación
bench-group-fleet-knob-link = Enlace
    .doc = Entre los aceleradores de una réplica; «propio» es el del acelerador
bench-group-fleet-knob-pipeline_parallel_size = Paralelismo de pipeline
    .doc = Etapas en las que se cortan las capas
bench-group-fleet-knob-expert_parallel_size = Paralelismo de expertos
    .doc = Aceleradores que tienen expertos distintos
bench-group-fleet-knob-kv_dtype = Caché KV
    .doc = Tipo de sus números
bench-group-fleet-knob-max_batched_tokens = Tokens por paso
    .doc = Incluidos los fragmentos de prompts: con pocos, los pasos son cortos; con muchos, los prompts acaban antes
bench-group-fleet-knob-max_batch = Límite del batch
    .doc = Peticiones a la vez en una réplica
bench-group-fleet-knob-kv_allocator = Memoria KV
    .doc = Páginas o, para cada petición, una reserva de la longitud máxima
    .choice-paged = paginada
    .choice-contiguous = contigua
bench-group-fleet-knob-prefix_caching = Caché de prefijos
    .doc = Los comienzos comunes de los prompts se quedan en la caché
bench-group-fleet-knob-draft_tokens = Tokens de borrador
    .doc = Decodificación especulativa: tokens de borrador por paso; 0 para ninguno
bench-group-fleet-knob-acceptance = Aceptación
    .doc = Con qué frecuencia se acepta un token de borrador

## The traffic

bench-group-traffic-knob-traffic = Tráfico
    .doc = Generado según los mandos, como una traza pública de Azure o de Mooncake (hecha por nosotros a partir de sus medianas y percentiles 90), o una traza propia
    .choice-synthetic = según los mandos
    .choice-chat = chat de Azure
    .choice-code = código de Azure
    .choice-long = Mooncake
    .choice-trace = mi traza
bench-group-traffic-knob-rate_per_s = Tasa
    .doc = Media de llegadas por segundo, según los mandos
bench-group-traffic-knob-rate_multiplier = Multiplicador de la tasa
    .doc = Reproduce cualquier tráfico tantas veces más deprisa
bench-group-traffic-knob-requests = Peticiones
    .doc = Cuántas se reproducen; una traza más larga se reduce a 20 000
bench-group-traffic-knob-input_tokens = Tokens de entrada
    .doc = Longitud media de un prompt, según los mandos
bench-group-traffic-knob-output_tokens = Tokens de salida
    .doc = Longitud media de una respuesta, según los mandos
bench-group-traffic-knob-burstiness = Ráfagas
    .doc = Dispersión de los intervalos entre llegadas dividida por su media: 1 es Poisson
bench-group-traffic-knob-input_cv = Dispersión de la entrada
    .doc = Desviación típica dividida por la media; 0 para una sola longitud
bench-group-traffic-knob-output_cv = Dispersión de la salida
    .doc = Desviación típica dividida por la media; 0 para una sola longitud
bench-group-traffic-knob-day_swing = Oscilación del día
    .doc = Cuánto sube la tasa a mediodía y baja a medianoche; el tráfico es un día, comprimido
bench-group-traffic-knob-prefix_share = Comienzo común
    .doc = Proporción de un prompt que tiene en común con otros

## The objective and the search

bench-group-slo-knob-slo_ttft = P99 hasta el primer token
    .doc = Lo máximo que permite el SLO
bench-group-slo-knob-slo_tpot = P99 por token
    .doc = Lo máximo que permite el SLO
bench-group-slo-knob-most_accelerators = Buscar hasta
    .doc = Aceleradores de una flota que la búsqueda puede tomar
bench-group-slo-knob-budget_per_hour = Presupuesto por hora
    .doc = Lo máximo que puede costar una flota, para la búsqueda
