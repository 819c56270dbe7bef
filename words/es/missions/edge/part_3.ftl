# The Memory Wall: the words of missions/edge/part_3.toml

## The part

edge-3-title = El muro de la memoria
edge-3-stakeholder-role = Director financiero (CFO)

## The prediction

edge-3-lock-question = Si usas paginación para eliminar la fragmentación interna, ¿cuántos flujos de cámara más caben en 2 GB de DRAM?
edge-3-lock-quantity = Cámaras que cumplen el plazo con páginas, como múltiplo de las que lo cumplen con ranuras
edge-3-lock-option-none = Ninguno
    .detail = El sitio no es lo primero que se le acaba al coche.
edge-3-lock-option-few = Unos pocos
    .detail = La fragmentación existe, pero en un coche todo está dimensionado a mano: hay poco que ganar.
edge-3-lock-option-mean = Los que da el mapa medio
    .detail = Las ranuras son tan grandes como el mapa más grande. De media, los mapas de doce cámaras son poco más de la mitad.
edge-3-lock-option-surround = Los que dan los mapas pequeños
    .detail = Cada cámara que se añade es pequeña: un tercio de una ranura por mapa.

## The dials

edge-3-knob-policy = Qué se conserva
    .doc = Lo más nuevo: cada fotograma expulsa al más antiguo. Fotogramas clave: uno de cada tantos. Espaciado: huecos que se duplican con la edad
    .choice-newest = Lo más nuevo
    .choice-keyframes = Fotogramas clave
    .choice-thinning = Espaciado
edge-3-knob-maps = Mapas por cámara
    .doc = Mapas de características de fotogramas pasados que conserva una cámara; su bucle los lee todos
edge-3-knob-cameras = Cámaras por ordenador
    .doc = Cuatro cámaras de largo alcance y luego cámaras de entorno; el coche tiene doce
edge-3-knob-stride = Fotograma clave cada
    .doc = Fotogramas de un fotograma clave al siguiente, a 40 por segundo; las demás políticas no los tienen
edge-3-knob-allocator = Asignador
    .doc = Ranuras: cada mapa recibe tanto sitio como el más grande. Páginas: cada mapa toma lo que necesita cuando llega
    .choice-slots = Ranuras
    .choice-pages = Páginas
edge-3-knob-hedge_after = Segunda copia tras
    .doc = Como en la parte 1; cada segunda copia lee una vez más el pasado de su cámara. Con 10 ms no hay segunda copia

## The lights

edge-3-target-loop = P99.9 del bucle
edge-3-target-cost = Coste de ordenador por cámara
edge-3-target-reach = Alcance hacia el pasado
edge-3-target-newest = Antigüedad del mapa más nuevo

## What breaks down

edge-3-failure-memory = Sin memoria
    .message = Los mapas necesitan más que los 2 GB que tiene la partición. Una partición de seguridad no tiene swap: las cámaras que no encuentran sitio siguen ciegas al pasado.
edge-3-failure-bandwidth = La DRAM está saturada
    .message = Mapas y pesos juntos son más bytes por segundo de los que da la memoria. La lectura de cada fotograma acaba después de que haya empezado el siguiente.
edge-3-failure-deadline = Se incumple el plazo
    .message = La llamada más lenta de 1000 bucles, la ventana y la lectura del pasado suman más de 10 ms.

## The challenges

edge-3-challenge-past = Multiplica por cuatro el alcance hacia el pasado que hay al principio, sin perder los fotogramas más nuevos y sin salirte de la memoria.
    .done = Alcanza { $reach_s } hacia atrás en el { $room_share } de la memoria: lo antiguo se puede conservar más espaciado.
edge-3-challenge-bandwidth = Solo con el número de mapas, haz el bucle una quinta parte más rápido.
    .done = El bucle tarda { $loop_p999_s } y la memoria está ocupada al { $dram_load }: lo que se recuerda hay que leerlo con cada fotograma.
edge-3-challenge-walls = Rómpelo de tres maneras.
    .done = Sitio, ancho de banda y plazo: la memoria falla por su tamaño, por su velocidad y por lo que esperarla le hace al bucle.

## The reflection

edge-3-reflection-voice = El CFO
edge-3-reflection-question = Redujiste a la mitad el coste por cámara y no compraste memoria. ¿A qué renunciaste a cambio, y con cuántas cámaras tendrás que volver a pedirme dinero? Tu caso: el próximo coche tiene 20 cámaras y la misma DRAM. ¿Qué quitas, y qué promesa se va con ello?
edge-3-defence-voice = La bitácora
edge-3-defence-question = Defiende tu estrategia final de servicio de la flota. ¿Diste prioridad al throughput (una ventana de batch) o a la capacidad de respuesta (sin batching)? Justifica cómo resolviste el problema de la cola de la distribución a gran escala («Tail at Scale»).

## Sources

edge-3-source-1 = La memoria de Orin: hoja de datos de NVIDIA Jetson AGX Orin Series, 204,8 GB/s
edge-3-source-2 = Huecos que se duplican: Datar, Gionis, Indyk y Motwani, Maintaining Stream Statistics over Sliding Windows, SIAM Journal on Computing 31(6), 2002
edge-3-source-3 = Por qué una red de percepción conserva su pasado: Park et al., Time Will Tell: New Outlooks and a Baseline for Temporal Multi-View 3D Object Detection, ICLR 2023
edge-3-source-4 = El muro de la memoria: Wulf y McKee, Hitting the Memory Wall: Implications of the Obvious, ACM SIGARCH Computer Architecture News 23(1), 1995
