edge-memory-budget = El bucle en P99.9
edge-memory-time = Tiempo
edge-memory-window = Ventana de batch
edge-memory-engines = Motores
edge-memory-reading = Leer el pasado
edge-memory-waiting = Esperar a la DRAM
edge-memory-reach = { $reach } hacia atrás; el más nuevo, { $newest }
edge-memory-room = { $needed } de { $room }
edge-memory-bandwidth = { $share } del ancho de banda de la DRAM
edge-memory-no-stride = sin efecto: solo cuenta con fotogramas clave
edge-memory-stride = un mapa cada { $every }
edge-memory-maps = mapas de { $largest } hasta { $smallest }
# $more is "yes" where no more cameras than that can be tried.
edge-memory-truth = Con { $maps } mapas por cámara, en ranuras caben { $slots } cámaras y en páginas { $more ->
    [yes] al menos { $pages }
   *[no] { $pages }
}. Pero el bucle cumple su plazo de { $deadline } con { $slots_on_time } cámaras en ranuras y con { $pages_on_time } en páginas: a la DRAM se le acaba el ancho de banda, no el sitio.
# The allocator, as in "the slot allocator".
edge-memory-slot = de ranuras
edge-memory-page = de páginas
