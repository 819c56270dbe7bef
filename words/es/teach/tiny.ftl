# The teacher’s notes on the track tiny.
# Figures come from the models, by values that buildlib/teaching.py explains: $winning-latency is a
# target at a trial, $cut-cut_share-share a metric as a share, $late-dial-hedge_after where a dial
# stands, $limit-pace a target's limit, $truth what the lock asks for, $p1-winning-latency the same of
# part 1. Figures in digits are refused, but for laws and what a question gives (tests/missions).

## Part 1

teach-tiny-part-1-reason = Con una ventana, el P99 frente a la carga tiene forma de bañera. En el extremo izquierdo ningún batch llega a llenarse y todos pagan la ventana entera: { $start-echo } en total al { $start-utilization-share } de la capacidad. Con más oídos el batch se llena antes, un batch lleno sale enseguida y el retardo baja: al 90 % es { $truth } el del piloto. Solo cerca del muro vuelve a subir, como 1/(1 − ρ).
teach-tiny-part-1-prediction-flat =
    .why = Ven que la ventana manda y la toman por una constante. Casi correcto: es la espera más larga, no la espera.
    .reply = ¿Qué pone fin a la espera, además de la ventana? Pregunta por la segunda regla de un servidor que agrupa en batches.
teach-tiny-part-1-prediction-linear =
    .why = Más peticiones, más espera: la cola de todos los días, sin un batch dentro.
    .reply = Un autobús que sale cuando se llena: ¿con más pasajeros espera más cada uno?
teach-tiny-part-1-prediction-exponential =
    .why = La lección de las otras rutas, aplicada al extremo izquierdo de la curva.
    .reply = Ya subirá, junto al muro. Que muevan despacio *Audífonos* de 8 a 400 y digan en voz alta qué hace el P99.
teach-tiny-part-1-trial-winning = Uno que cumple: características y una ventana corta
    .why = { $winning-echo } de oído a oído, { $winning-gateway } en la pasarela, { $winning-ear } en el oído. La ventana es de { $winning-dial-batch_window }; de { $shortest-dial-batch_window } a { $longest-dial-batch_window } se cumplen ambos límites, y medio milisegundo más allá, por un lado o por el otro, se incumple uno: el balancín tiene un punto óptimo estrecho.
teach-tiny-part-1-trial-tempting = El tentador: el códec que lleva cualquier teléfono
    .why = La octava parte de los bytes y la cuarta parte de las peticiones, de modo que ambas potencias son las más bajas con esta ventana. Pero { $tempting-echo }: hay que captar una trama de 7,5 ms, y el códec mira otros 4 hacia delante, antes de que arranque la radio. Eficiencia que se paga en tiempo.
teach-tiny-part-1-trial-none = Sin ninguna ventana
    .why = { $none-echo }, y { $none-gateway }: batería para un tercio del día. El batching cero, con su precio.
teach-tiny-part-1-trial-pilot = La ventana del piloto con todos los oídos
    .why = { $pilot-echo }, y ya no los { $start-echo } del piloto: con cinco veces más oídos, el batch se llena antes de que acabe la ventana. El temor de Ines iba al revés.
teach-tiny-part-1-trial-audio = Audio sin comprimir por el aire
    .why = Llega a tiempo, y { $audio-ear } en el oído: lo que pasa del milivatio son bytes. Además llenan el aire: { $audio-radios-number } radios ocupadas en la pasarela, en lugar de { $winning-radios-number }.
teach-tiny-part-1-reflection-model = Al 80 %, una cola con llegadas aleatorias está en cinco tiempos de servicio y aún cabe un aumento de la carga. Mi pasarela estaba ocupada al { $start-utilization-share } y llegaba tarde, porque la primera petición de cada batch esperaba { $start-dial-batch_window } a otras que no venían; esa es una espera por decisión, y la utilización no puede mostrarla. Con más oídos el batch se llena antes y la espera se encoge, hasta que cerca del muro la cola toma el relevo. Así que hay dos límites: el 80 % por arriba y, por abajo, la carga con la que la ventana se llena, por debajo de la cual la ventana es todo el retardo. Si despertar costara 0,1 mJ, unas 1500 veces por segundo consumirían 0,15 W: sin ninguna ventana la pasarela se mantendría por debajo de su límite, así que no pondría ninguna y me quedaría con { $none-echo }.
teach-tiny-part-1-reflection-look-for-1 = M/M/1 al 80 %, como en todas partes.
teach-tiny-part-1-reflection-look-for-2 = Por qué al { $start-utilization-share } ya era demasiado tarde: se esperaba compañía, no el servidor.
teach-tiny-part-1-reflection-look-for-3 = El otro extremo: cerca del muro los batches van llenos y la ventana es donde menos daño hace.
teach-tiny-part-1-reflection-good = «Al { $start-utilization-share } la espera era la propia ventana, porque no venía nadie a llenar el batch; con más oídos el batch se llena antes de que acabe la ventana, y solo a unos pocos puntos del muro vuelve a subir el retardo. Si despertar cuesta la décima parte, no hace falta ventana: el balancín se inclina hacia la capacidad de respuesta».
teach-tiny-part-1-reflection-partial = «Por el batching, las peticiones esperan incluso cuando el servidor está ocioso». (Cierto; nada sobre por qué baja con la carga ni sobre el 80 %).
teach-tiny-part-1-reflection-weak = «Una utilización tan baja es ineficiente; habría que aprovechar mejor la pasarela».

## Part 2

teach-tiny-part-2-reason = En este enlace una suma cuesta un intervalo de radio. El paralelismo de tensores entre dos oídos ahorra { $truth-saved } de cómputo y espera { $truth-sums } intervalos; un pipeline espera dos, uno de subida y uno de bajada, por muchas capas que tenga. Con los { $start-dial-radio_interval } de LE Audio eso da { $truth } el tiempo del pipeline. Y no ahorra potencia: dos oídos tienen dos sonidos, así que cada uno hace la mitad de su trabajo y la mitad del trabajo del otro.
teach-tiny-part-2-prediction-half =
    .why = Dos oídos, la mitad del trabajo cada uno.
    .reply = ¿El sonido de quién? Cada oído tiene el suyo. Después, que cuenten las sumas.
teach-tiny-part-2-prediction-same =
    .why = Ponen en la balanza calcular y hablar, sin dar cifras de ninguna de las dos cosas.
    .reply = { $truth-saved } a un lado. ¿Y al otro?
teach-tiny-part-2-prediction-twice =
    .why = Cuentan los cruces de un intercambio, no los de doce.
    .reply = Dos sumas por bloque, seis bloques, y cada una espera a que la radio vuelva a despertar.
teach-tiny-part-2-trial-winning = Uno que cumple: el banco de filtros en el oído, la red en la pasarela
    .why = Suben 24 bytes y bajan 12: { $winning-echo }, { $winning-ear } en el oído, { $winning-gateway } en la pasarela.
teach-tiny-part-2-trial-second = El otro que cumple: un bloque más en el oído
    .why = { $second-ear }: menos bytes, más cómputo, y el cómputo cuesta más. Cumple con este intervalo y no con uno más corto.
teach-tiny-part-2-trial-tempting = El tentador: todo en el oído
    .why = El mejor retardo de todos, { $tempting-echo }, sin radio y sin cola. Y { $tempting-ear }, { $tempting-ear-over-limit } el límite, aunque el aislamiento funciona una cuarta parte del día. El audífono publicado que hace esto consume 71,6 mW mientras funciona. Un milivatio es la categoría de un chip que está a la escucha de una palabra.
teach-tiny-part-2-trial-slow = El corte correcto con el intervalo de LE Audio
    .why = { $slow-echo }: dos cruces esperan { $slow-dial-radio_interval } cada uno.
teach-tiny-part-2-trial-shared = Un bloque compartido, un intervalo más corto
    .why = { $shared-echo } y { $shared-ear } con { $shared-dial-radio_interval }: un intervalo más corto no salva el reparto por tensores, y cada despertar cuesta.
teach-tiny-part-2-trial-continuous = Batching continuo en la pasarela
    .why = { $continuous-echo }, y { $continuous-gateway }. Lo que es correcto en la nube, donde los pesos se leen de todos modos, aquí malgasta una batería: cada despertar del acelerador cuesta lo mismo para una petición que para { $fixed-max_batch-count }.
teach-tiny-part-2-reflection-model = Los pesos no cambian mientras se escucha, y las activaciones son nuevas cada 2 ms. Así que los pesos se reúnen una vez, en la fábrica, y ahí se quedan: cada lugar tiene capas enteras. Lo que cruza es el sonido en su forma barata más estrecha, 24 bytes de bandas de subida y una máscara de 12 bytes de bajada, porque al oído el banco de filtros no le cuesta nada y cada bloque más cuesta más energía que los bytes que ahorra. Nada se suma por el aire, así que un sonido espera dos intervalos en lugar de doce. Con 0,1 ms, doce sumas esperan 1,2 ms para ahorrar { $truth-saved } de cómputo: compartir sigue perdiendo, y cada despertar cuesta energía.
teach-tiny-part-2-reflection-look-for-1 = Lo que debe quedarse: los pesos, reunidos una vez, en la fábrica; capas enteras en un solo lugar.
teach-tiny-part-2-reflection-look-for-2 = Lo que debe cruzar: la representación más estrecha, una vez de subida y una de bajada.
teach-tiny-part-2-reflection-look-for-3 = Que las activaciones son nuevas cada 2 ms y los pesos, nunca.
teach-tiny-part-2-reflection-good = «Reunir los pesos en la fábrica y cruzar dos veces, con 24 y 12 bytes: cada suma por el aire costaría 1,5 ms de espera para ahorrar 0,08 ms de cómputo. Con 0,1 ms, doce sumas siguen costando 1,2 ms para ahorrar 0,9».
teach-tiny-part-2-reflection-partial = «Solo se deberían enviar características y no audio, para ahorrar ancho de banda». (Correcto; no dice por qué las sumas son peores que los bytes).
teach-tiny-part-2-reflection-weak = «Usar compresión en la radio». (Véase el códec de la parte 1).

## Part 3

teach-tiny-part-3-reason = Siete capas necesitan 2, 4, … 128 tramas de pasado. Ranuras de 128 para cada una son { $truth-reserved } por oído, de los que usa el { $truth-share }; los búferes circulares, tan largos como necesita cada capa, recuperan el resto: { $truth } más, { $truth-ring } en lugar de { $truth-slots }. Es la lección de PagedAttention con otra cura: la longitud de una respuesta se desconoce y necesita páginas; la de un búfer circular es fija y necesita aritmética.
teach-tiny-part-3-prediction-3 =
    .why = «El doble»: se desperdicia la mitad, por costumbre.
    .reply = Que sumen 2 + 4 + … + 128 y lo comparen con siete veces 128.
teach-tiny-part-3-prediction-13 =
    .why = Dividen toda la SRAM entre lo que usa un oído, y olvidan que los pesos también están allí.
    .reply = ¿Qué más hay en los { $fixed-sram_bytes-binary_memory }? Abre las barras de memoria.
teach-tiny-part-3-prediction-22 =
    .why = Entienden la pregunta como lo que cabe en el mejor de los casos, y quitan además la mitad de los bits: eso es el ajuste que cumple, con sus { $winning-ears }.
    .reply = Buena respuesta a otra pregunta. ¿Cuál de los dos pasos pierde algo, por poco que sea?
teach-tiny-part-3-trial-winning = Uno que cumple: búferes circulares, la mitad de los bits, aislamiento menos tiempo
    .why = { $winning-ears }, { $winning-energy } para cada uno en la pasarela, { $winning-echo }, { $winning-ear } en el oído. Búferes circulares, { $winning-dial-state_bits }, aislamiento el { $winning-isolation } del día: tres cambios, y ninguno le cuesta nada al oído, o casi nada: ni búferes vacíos, ni bits por debajo del ruido, ni aislar el silencio.
teach-tiny-part-3-trial-tempting = El tentador: otra vez la mitad de los bits
    .why = Las cinco luces están en verde, con { $tempting-ears }. El estado de fallo dice lo que ninguna luz mide: el ruido propio del estado queda solo { $tempting-state_snr_db-number } dB por debajo de él, y quien lo lleva oye un siseo. Sirve para hablar de métricas que se pueden cumplir e incumplir a la vez.
teach-tiny-part-3-trial-evict = El codicioso que cumple: expulsar a los oídos que duermen
    .why = { $evict-ears } a { $evict-energy } cada uno. Cuenta con que los oídos despierten por separado; cuando una banda empieza a tocar, despiertan todos a la vez, y más de uno de cada cien no encuentra sitio. Pregunta por ello en la defensa: es la cola de la distribución a gran escala de esta ruta.
teach-tiny-part-3-trial-wide = Precisión completa
    .why = { $wide-ears }: el doble de estado, la mitad de oídos, y nada que nadie oiga.
teach-tiny-part-3-trial-deep = Una capa más
    .why = { $deep-ears }. Una capa duplica el pasado y, con él, el búfer más largo.
teach-tiny-part-3-trial-shallow = Una capa menos
    .why = { $shallow-ears }, y demasiado sordos: { $shallow-past_s-duration } de pasado. Tampoco esto lo muestra ninguna luz.
teach-tiny-part-3-trial-patient = Una ventana más larga
    .why = { $patient-energy } por oído, una cuarta parte menos, y { $patient-echo }: el balancín de la parte 1.
teach-tiny-part-3-reflection-model = Primero recuperé lo que no contenía nada: ranuras del tamaño de la capa más larga, de las que un oído usa el { $truth-share }. Los búferes circulares dan el mismo sonido con una cuarta parte de la memoria, así que quien lo lleva no pagó nada. Después, la mitad de los bits: el ruido queda { $winning-state_snr_db-number } dB por debajo del estado, y nadie lo oye. Otra mitad más habría cumplido todos los objetivos y habría siseado. Lo que sí pagó quien lo lleva es tener aislamiento el { $winning-isolation } del día en lugar del { $start-isolation }: un detector de 0,14 mW decide cuándo, y si se equivoca se pierde una sílaba. La potencia por oído bajó de { $start-energy } a { $winning-energy } y el eco apenas cambió. Con el doble de SRAM añadiría una capa: su estado se duplica, así que caben { $roomy-ears }, y oyen { $roomy-past_s-duration } hacia atrás en lugar de { $winning-past_s-duration }. Más bits no se oirían.
teach-tiny-part-3-reflection-look-for-1 = La memoria: búferes reservados que nunca se usaron y, después, bits por debajo de lo que se oye.
teach-tiny-part-3-reflection-look-for-2 = El precio para quien lo lleva: nada por los búferes circulares, un ruido que nadie oye por los bits, y un aislamiento que enciende y apaga un detector.
teach-tiny-part-3-reflection-look-for-3 = Una cifra para cada cosa.
teach-tiny-part-3-reflection-good = «Los búferes circulares salieron gratis, la mitad de los bits costó un ruido { $winning-state_snr_db-number } dB más bajo que el estado, y lo que de verdad paga quien lo lleva es el ciclo de trabajo: el { $winning-isolation } del día en lugar del { $start-isolation }, con un detector que puede llegar tarde. El doble de SRAM compra una capa con el mismo número de oídos».
teach-tiny-part-3-reflection-partial = «Usé búferes circulares y menos precisión para que cupieran más oídos, y se cumplen los objetivos». (Ningún precio para quien lo lleva).
teach-tiny-part-3-reflection-weak = «Reduje la memoria todo lo posible».
teach-tiny-part-3-defence-model = Ningún extremo del balancín: una ventana de { $p1-winning-dial-batch_window }, donde los primeros milisegundos ya han ahorrado casi toda la potencia y el eco sigue por debajo de { $limit-echo }. Di prioridad a la capacidad de respuesta hasta el punto en que la batería dura un día, y no más allá. La cola de la distribución la conté en lo peor: captación y radio con su mayor duración, P99 en la pasarela; y rechacé la expulsión, porque una banda que empieza a tocar despierta a todos los oídos a la vez. En cuanto al milivatio: es una media de un día en el que el aislamiento está activo el { $winning-isolation } del tiempo, y contiene un banco de filtros, una radio y un detector. No contiene la red. Esa funciona en la pasarela por otros { $winning-energy } por oído. El audífono publicado lo hace todo solo por 71,6 mW, sin una radio que pueda fallar. Lo nuestro es una promesa sobre una sala con una pasarela dentro.
teach-tiny-part-3-defence-look-for-1 = La elección: una ventana pequeña, entre el batching para la batería y ninguno para el oído.
teach-tiny-part-3-defence-look-for-2 = La cola de la distribución: usuarios que despiertan a la vez, el P99 de la ventana, el intervalo de radio contado con su mayor duración.
teach-tiny-part-3-defence-look-for-3 = Lo que contiene el milivatio: una media del día, con un ciclo de trabajo del { $winning-isolation } y la red en otro sitio; lo que no contiene: la parte de la pasarela y los 71,6 mW que consume una red en el oído.
teach-tiny-part-3-defence-good = «Mis { $winning-ear } valen con un ciclo de trabajo del { $winning-isolation } y sin la red; sumando los { $winning-energy } por oído de la pasarela, sigue siendo una décima parte de NeuralAids, pero solo al alcance de la pasarela».
teach-tiny-part-3-defence-partial = «Cumplí { $limit-ear } y { $limit-echo } con una ventana de { $p1-winning-dial-batch_window }». (Cierto, y no dice nada de lo que contiene el milivatio).
teach-tiny-part-3-defence-weak = «Todos los objetivos están en verde».
