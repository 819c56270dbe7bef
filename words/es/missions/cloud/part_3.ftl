# The Memory Wall: the words of missions/cloud/part_3.toml

## The part

cloud-3-title = El muro de la memoria
cloud-3-stakeholder-role = Directora financiera (CFO)

## The prediction

cloud-3-lock-question = Si usas PagedAttention para eliminar la fragmentación interna, ¿cuántos usuarios simultáneos más caben en 80 GB de HBM?
cloud-3-lock-quantity = Usuarios simultáneos de más en 80 GB de caché KV

## The dials

cloud-3-knob-fragmentation = Fragmentación
    .doc = Tokens que se apartan para una petición: un máximo, una conjetura (2ⁿ) o de 16 en 16 (PagedAttention)
    .choice-reserve_all = 8192
    .choice-reserve_half = 4096
    .choice-reserve_quarter = 2048
    .choice-power_of_two = 2ⁿ
    .choice-paged = Páginas
cloud-3-knob-eviction = Política de expulsión
    .doc = A qué respuesta expulsa PagedAttention cuando otra necesita un bloque y no hay ninguno libre
    .choice-none = A ninguna
    .choice-fifo = A la más antigua
    .choice-lru = A la menos reciente
    .choice-shortest_remaining = A la que más le falta
cloud-3-knob-preemption_budget = Presupuesto de desalojos
    .doc = Respuestas que una réplica admite además de las que caben si todas crecen hasta el máximo
cloud-3-knob-draft_tokens = Decodificación especulativa
    .doc = Tokens de borrador que Llama-3-8B escribe para cada paso del modelo de 70B, que acepta el 85 % de ellos; con 0 no hay borrador

## The lights

cloud-3-target-cost = Coste por usuario
    .reading = { $value } del inicial
cloud-3-target-p99 = P99 de la respuesta
    .reading = { $value } del inicial
cloud-3-target-memory = Caché KV que contiene tokens

## What breaks down

cloud-3-failure-promised = Sin memoria y casi vacía
    .message = Se rechazan peticiones por falta de memoria, y menos de la cuarta parte de la caché KV contiene un token. El resto está prometido a respuestas que casi nunca llegarán a ser tan largas.
cloud-3-failure-cut = Respuestas cortadas
    .message = El máximo es ahora más corto que algunas conversaciones: más de una respuesta de cada cien acaba a mitad de una frase.
cloud-3-failure-aborted = Respuestas paradas para siempre
    .message = Todas las respuestas en curso necesitan un bloque, no hay ninguno libre y no se puede expulsar a ninguna. Algunas se abortan a medio camino para liberar a las demás.
cloud-3-failure-thrashing = Thrashing
    .message = Más de la vigésima parte del tiempo de las GPU se va en volver a calcular lo que se expulsó hace un momento.

## The challenges

cloud-3-challenge-pages = Llena de tokens dos veces y media la parte de la caché que los contiene al principio, sin cortar ninguna respuesta.
    .done = El { $token_fraction } de la caché contiene tokens, y un token cuesta el { $cost_ratio } de lo que costaba: la memoria estaba ahí, pero prometida.
cloud-3-challenge-drafts = Encuentra cuántos tokens de borrador bastan: con dos menos y con dos más, el P99 tiene que ser más lento.
    .done = Aquí el P99 es el { $p99_ratio } del inicial. Con menos borradores se desaprovechan lecturas de los pesos; con más, casi todos se tiran.
cloud-3-challenge-walls = Rómpelo de tres maneras.
    .done = La memoria puede estar prometida y quedar vacía, las respuestas pueden cortarse y una caché puede estar tan llena que solo se ocupa de expulsar.

## The reflection

cloud-3-reflection-voice = La CFO
cloud-3-reflection-question = El coste por usuario ha bajado a la mitad. ¿Cuál de tus tres mandos lo ha pagado, y qué devolverías primero si el P99 empeorara? Tu caso: el tráfico cambia y la aceptación baja a 0,6, de modo que un paso con dos borradores aporta dos tokens en lugar de 2,6. ¿Qué giras primero, y se pueden cumplir aún ambas promesas?
cloud-3-defence-voice = La bitácora
cloud-3-defence-question = Defiende tu estrategia final de servicio de la flota. ¿Diste prioridad al throughput (batching continuo) o a la capacidad de respuesta (sin batching)? Justifica cómo resolviste el problema de la cola de la distribución a gran escala (Tail at Scale).

## Sources

cloud-3-source-1 = PagedAttention: Kwon et al., Efficient Memory Management for Large Language Model Serving with PagedAttention, SOSP 2023
cloud-3-source-2 = Decodificación especulativa: Leviathan et al., Fast Inference from Transformers via Speculative Decoding, ICML 2023
cloud-3-source-3 = Latencia de la cola de la distribución: Dean y Barroso, The Tail at Scale, Communications of the ACM, 2013
