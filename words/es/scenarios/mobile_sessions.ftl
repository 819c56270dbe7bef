mobile-sessions-budget = Memoria del nodo
# A line in the figure, at so many sessions; and what is said of it.
mobile-sessions-full = memoria llena
mobile-sessions-wall = La memoria se llena con { $fits ->
    [one] { $fits } sesión
   *[other] { $fits } sesiones
}.
mobile-sessions-memory = Memoria
mobile-sessions-weights = Pesos
mobile-sessions-activations = Activaciones
mobile-sessions-tokens = Tokens de sesiones
mobile-sessions-held = Retenida, sin usar
mobile-sessions-free = Libre
mobile-sessions-source = Kwon et al., PagedAttention (2023), para lo que una sesión retiene más allá de sus tokens
mobile-sessions-fit = caben { $fits }; nodo ocupado { $share }, { $batch } por batch
mobile-sessions-room = { $mean } tokens retienen sitio para { $room }
mobile-sessions-rounds = { $drafts ->
    [0] { $rounds } α por subtítulo, sin borradores
   *[other] { $rounds } α por subtítulo, cada uno con { $takes } de borrador
}
# $time: how long the text that is kept took to speak.
mobile-sessions-text = { $time } de texto
mobile-sessions-truth = En el nodo caben { $whole } sesiones si cada una reserva { $longest } tokens, y { $paged } en bloques de 16: en promedio, una sesión retiene { $mean } tokens.
