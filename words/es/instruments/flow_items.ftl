# The strip above the figure: what passes through a part's fleet, its stages and what is counted.
flow-late-share = Con retraso
# What a late item has missed.
flow-late-after = con retraso: más de { $limit }
# Where there are too many to draw.
flow-one-in = toda la flota, de la que se dibuja 1 de cada { $items }

edge-flow-frames-and-calls = fotogramas y llamadas
edge-flow-window = ventana
edge-flow-engines = motores
edge-flow-reading = memoria
edge-flow-bandwidth = Memoria ocupada
edge-flow-loop = Media del bucle
edge-flow-busy = Motores ocupados
edge-flow-frames = fotogramas
edge-flow-gathering = reuniendo
edge-flow-gpu = GPU
edge-flow-first-dla = DLA 1
edge-flow-second-dla = DLA 2
edge-flow-all-engines = tres motores
edge-flow-frame = Media por fotograma
edge-flow-busiest = Motor más ocupado

# What the detector finds in a frame.
mobile-flow-regions = regiones
mobile-flow-window = ventana
mobile-flow-air = aire
# The start-up of a message: medium access, retries, other people’s traffic.
mobile-flow-start-up = arranque
mobile-flow-node = nodo, por fotograma
mobile-flow-frame = Media por fotograma
mobile-flow-on-air = Aire ocupado
mobile-flow-frames = fotogramas
mobile-flow-glasses = gafas
mobile-flow-way = en camino
mobile-flow-nodes = { $nodes ->
    [one] nodo
   *[other] { $nodes } nodos como uno
}
# A caption is drafted and verified in rounds.
mobile-flow-rounds = rondas
mobile-flow-drafting = borrador
mobile-flow-verifying = batch del nodo
mobile-flow-caption = Media por subtítulo
mobile-flow-batch = Batch medio

# Windows of sound.
tiny-flow-windows = sonidos
tiny-flow-ear = oído
tiny-flow-up = radio, subida
tiny-flow-down = radio, bajada
tiny-flow-sums = sumas
tiny-flow-gateway = pasarela
tiny-flow-way = Media de oído a oído
tiny-flow-batch = Batch medio
tiny-flow-power = Pasarela
# Those that isolate, for a while.
tiny-flow-sessions = oídos
tiny-flow-places = plazas
tiny-flow-isolating = Media aislando
tiny-flow-full = Faltan plazas
