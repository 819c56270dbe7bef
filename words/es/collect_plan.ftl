# The command `labpy plan`.

plan-help = qué hace una flota con una traza de peticiones, o la más barata que cumple un SLO
plan-help-trace = una traza: con las columnas de Azure, BurstGPT o Mooncake, o con --columns
plan-help-example = tráfico sintético con los cuantiles de una traza publicada
plan-help-rate = tráfico sintético: llegadas de Poisson a tantas peticiones por segundo
plan-help-columns = nombres de las columnas de tiempo (en s), tokens de entrada y tokens de salida
plan-help-input = media de tokens de un prompt, en el tráfico sintético
plan-help-output = media de tokens de una respuesta, en el tráfico sintético
plan-help-requests = peticiones del tráfico sintético
plan-help-times = reproduce la traza a tantas veces su ritmo
plan-help-most = reduce una traza más larga a tantas peticiones
# $models is a list of keys
plan-help-model = un config.json de Hugging Face, o uno de estos: { $models }
plan-help-accelerator = en qué acelerador corre
plan-help-tp = grado de paralelismo de tensores de una réplica
plan-help-pp = grado de paralelismo de pipeline de una réplica
plan-help-ep = grado de paralelismo de expertos de una réplica
plan-help-replicas = réplicas; si hay un grupo de prefill, las que hacen el decode
plan-help-prefill-replicas = réplicas de un grupo de prefill
plan-help-max-batched-tokens = tokens en un paso, con los fragmentos de prompts incluidos
plan-help-max-batch = peticiones a la vez en una réplica
plan-help-draft-tokens = tokens del borrador en cada paso de la decodificación especulativa
plan-help-acceptance = probabilidad de que se acepte un token del borrador
plan-help-engine = motor de servicio
plan-help-link = enlace entre los aceleradores de una réplica (por defecto, el propio del acelerador)
plan-help-weight-dtype = tipo de los pesos
plan-help-kv-dtype = tipo de la caché KV
plan-help-kv-allocator = páginas, o para cada petición una reserva de la longitud máxima
plan-help-router = qué petición va adónde
plan-help-prefix-caching = guarda los comienzos comunes de los prompts
plan-help-slo = límites en s, como ttft=1 tpot=0.05 (estos son los valores por defecto)
plan-help-search = busca la más barata entre todas las disposiciones en hasta N aceleradores
plan-help-budget = máximo de dólares por hora, para la búsqueda
plan-help-json = muestra las cifras como JSON, en unidades del SI
plan-help-commands = muestra líneas de órdenes para vLLM, SGLang y TensorRT-LLM
plan-help-python = muestra código de Python que da las mismas cifras
plan-bad-slo = «{ $given }» no es un límite: escribe ttft=1 o tpot=0.05, en segundos.
plan-bad-columns = Nombra tres columnas: la de tiempo, la de tokens de entrada y la de tokens de salida.
plan-commands-start = Para arrancar una réplica. Tómalas como punto de partida: las opciones cambian de una versión a otra.
plan-searched = { $placements ->
    [one] { $placements } disposición podría
   *[other] { $placements } disposiciones podrían
} con esta carga; simuladas: { $simulated }. Dólares por hora, acelerador, reparto, réplicas + réplicas de prefill, P99:
plan-search-none = Ninguna cumple el SLO: permite más aceleradores, otro presupuesto o un SLO más holgado.
