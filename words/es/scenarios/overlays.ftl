# The axis of the picture at the head of a reveal, along which the lock's quantity was computed.
overlay-load = Carga, como proporción de la capacidad
overlay-gpus = GPU del grupo
overlay-memory = Memoria de la caché KV
overlay-hand-off = Tiempo de arranque de un traspaso
overlay-maps = Mapas por cámara
overlay-cut = Capas en las gafas
overlay-block = Tokens por bloque
overlay-interval = Intervalo de radio
overlay-layers = Capas de la red
