# The names of the policies on the frontiers of Edge, Mobile and Tiny: at a curve, and (.phrase) in
# «lo máximo con { policy }»; and the latency that is drawn, as it stands after "P99".
edge-knee-latency = del bucle
edge-knee-single = Una copia
    .phrase = una copia
edge-knee-hedged = Segunda copia
    .phrase = segundas copias
mobile-knee-latency = del fotograma
mobile-knee-at-once = Región a región
    .phrase = envío región a región
mobile-knee-set = Esta ventana
    .phrase = esta ventana
mobile-sessions-latency = del subtítulo
mobile-sessions-plain = Token a token
    .phrase = escritura token a token
mobile-sessions-set = Estos borradores
    .phrase = estos borradores
tiny-seesaw-latency = de oído a oído
tiny-seesaw-window = Con ventana
    .phrase = batching por ventanas
tiny-seesaw-none = Inmediato
    .phrase = batching inmediato
