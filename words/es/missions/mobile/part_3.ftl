# The Memory Wall: the words of missions/mobile/part_3.toml

## The part

mobile-3-title = El muro de la memoria
mobile-3-stakeholder-role = Directora financiera (CFO)

## The prediction

mobile-3-lock-question = Si usas PagedAttention para eliminar la fragmentación interna, ¿cuántos usuarios simultáneos más caben en los 24 GB de un nodo?
mobile-3-lock-quantity = sesiones que caben en páginas, como múltiplo de las que caben cuando cada una reserva el contexto más largo
mobile-3-lock-option-tenth = Una décima parte más
    .detail = Las páginas ahorran alguna que otra esquina de un bloque.
mobile-3-lock-option-double = El doble
    .detail = Una sesión usa la mitad de lo que reserva.
mobile-3-lock-option-four = El cuádruple
    .detail = Una sesión usa la cuarta parte de lo que reserva.
mobile-3-lock-option-forty = Cuarenta veces más
    .detail = La mayoría de las sesiones son un vistazo a un cartel.

## The dials

mobile-3-knob-sessions = Sesiones por nodo
    .doc = Usuarios que traducen al mismo tiempo en un nodo
mobile-3-knob-block_tokens = Bloque de la caché KV
    .doc = Fragmentación: el sitio se da en bloques de tantos tokens; el último de una sesión está vacío en parte
mobile-3-knob-draft_tokens = Borradores en las gafas
    .doc = Tokens que las gafas escriben en borrador antes de preguntar al nodo: un solo arranque para todos
mobile-3-knob-context_tokens = Contexto conservado
    .doc = Expulsión: se descarta lo que una sesión dijo antes de sus últimos tokens, tantos como diga el mando

## The lights

mobile-3-target-cost = Coste por usuario, respecto al inicial
mobile-3-target-stutter = Subtítulos que tardan más de 13 fotogramas
mobile-3-target-power = Potencia de cómputo en la sien
mobile-3-target-context = Contexto conservado

## What breaks down

mobile-3-failure-memory = Sin memoria
    .message = Más sesiones de las que caben en la memoria del nodo: a la siguiente se la rechaza, u otra pierde su contexto.
mobile-3-failure-node = El nodo o el aire están llenos
    .message = Las rondas llegan más deprisa de lo que el nodo puede verificarlas, o de lo que el aire puede llevarlas: la cola crece sin fin.

## The challenges

mobile-3-challenge-blocks = Solo con el tamaño del bloque, haz sitio para el cuádruple de sesiones.
    .done = Ahora caben { $fits } sesiones, y estas ocupan el { $memory } de la memoria: lo que antes estaba lleno estaba sobre todo prometido a tokens que nunca llegaron.
mobile-3-challenge-drafts = Encuentra el número de borradores con menos subtítulos tardíos: uno menos y uno más tienen que ser peores.
    .done = Aquí llega tarde el { $late } de los subtítulos, con { $power_w } en la sien. Un borrador más cuesta su tiempo, se acepte o no.
mobile-3-challenge-walls = Rómpelo de dos maneras.
    .done = La memoria se llena primero cuando los bloques son grandes; dale sitio, y el tiempo del nodo es el siguiente muro.

## The reflection

mobile-3-reflection-voice = La CFO
mobile-3-reflection-question = Redujiste a la mitad el coste de un usuario. ¿Qué memoria pagaba yo que no contenía nada, qué arranques ahorraron los borradores, y qué tendría que cambiar para que tus borradores me costaran más de lo que ahorran? Tu caso: los mismos usuarios vienen por cable, casi sin α. ¿Sigues haciendo borradores?
mobile-3-defence-voice = La bitácora
mobile-3-defence-question = Defiende tu estrategia final de servicio de la flota. ¿Diste prioridad al throughput (batching continuo) o a la capacidad de respuesta (sin batching)? Justifica cómo resolviste el problema de la cola de la distribución a gran escala (Tail at Scale).

## Sources

mobile-3-source-1 = Bloques de la caché KV: Kwon et al., Efficient Memory Management for Large Language Model Serving with PagedAttention, SOSP 2023
mobile-3-source-2 = Tokens de una ronda: Leviathan, Kalman y Matias, Fast Inference from Transformers via Speculative Decoding, ICML 2023
mobile-3-source-3 = La cola de la distribución: Dean y Barroso, The Tail at Scale, Communications of the ACM 56(2), 2013
