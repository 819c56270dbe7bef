# The teacher’s notes on the track edge.
# Figures come from the models, by values that buildlib/teaching.py explains: $winning-latency is a
# target at a trial, $cut-cut_share-share a metric as a share, $late-dial-hedge_after where a dial
# stands, $limit-pace a target's limit, $truth what the lock asks for, $p1-winning-latency the same of
# part 1. Figures in digits are refused, but for laws and what a question gives (tests/missions).

## Part 1

teach-edge-part-1-reason = Las cámaras van como un reloj, así que solo varía el servicio. Según la aproximación de Kingman, la espera es la de M/M/1 por la mitad de la suma de dos coeficientes de variación al cuadrado: el de los intervalos entre llegadas (cero) y el del servicio (pequeño). El muro en ρ = 1 sigue ahí y casi no tiene pendiente antes de él: { $truth } del 45 % al 90 %. Lo que retrasa el bucle no es la carga, es un parón en una de diez llamadas, y eso ocurre también en un coche ocioso.
teach-edge-part-1-prediction-linear =
    .why = El doble de fotogramas, el doble de latencia: piensan en el trabajo, no en la espera.
    .reply = Al 45 %, el motor está ocioso más de la mitad del tiempo. ¿A quién esperaría un fotograma?
teach-edge-part-1-prediction-hyperbolic =
    .why = Conocen M/M/1, quizá de la ruta de la nube, y la aplican. Es la ley correcta para llegadas al azar.
    .reply = Pregunta qué hay aquí al azar. Después, muestra el extremo izquierdo de la curva: a una décima parte de la capacidad el bucle ya se retrasa, y 1/(1 − ρ) no tiene nada que decir de eso.
teach-edge-part-1-prediction-exponential =
    .why = «Exponencial» por «mucho peor». Cuando se habla de seguridad, la gente espera un precipicio en todas partes.
    .reply = Hay un precipicio, en ρ = 1, y otro en un sitio más: donde las segundas copias se alimentan de sí mismas. De ese trata el tercer objetivo de la parte 1.
teach-edge-part-1-trial-winning = Uno que cumple: una ventana corta y una segunda copia pronto
    .why = La ventana reduce la carga a la mitad (el { $winning-base_utilization-share } sin copias), de modo que cabe incluso una copia de cada llamada ({ $winning-headroom }), y la copia responde a tiempo por la rara llamada que sufre un parón: un P99.9 de { $winning-loop }, con un { $winning-extra_load-share } más de llamadas.
teach-edge-part-1-trial-tempting = El tentador: una copia enseguida, por seguridad
    .why = A unos motores ocupados al { $start-base_utilization-share } se les pide hasta el doble. Las copias alargan las colas, así que se retrasan más llamadas, así que se copian más; nunca se estabiliza. El remedio de la cola de la distribución es lo que rompe el bucle.
teach-edge-part-1-trial-quiet = El inicio: no falla nada más que la cola de la distribución
    .why = Cada llamada incumple los { $limit-loop } menos de una vez de cada mil ({ $start-call_p999_s-duration } en P99.9); el bucle de diez, ocho veces más a menudo ({ $start-late-share }). Diez marcas verdes.
teach-edge-part-1-trial-late = Una copia demasiado tarde
    .why = { $late-loop }. Detrás de una ventana de { $late-dial-batch_window }, a una copia tras { $late-dial-hedge_after } no le queda tiempo para responder.
teach-edge-part-1-trial-early = Una copia demasiado pronto
    .why = { $early-loop }. Copia llamadas que estaban a punto de responder (un { $early-extra_load-share } más de trabajo) y las hace más lentas a todas.
teach-edge-part-1-trial-meta = El que mejor parece: sin ventana y con una copia tardía
    .why = Con una copia tras { $meta-dial-hedge_after }, el P99.9 es { $meta-loop } y la luz del bucle está en verde. Pero si un mal momento retrasara todas las llamadas, las copias por sí solas llevarían la carga al { $meta-headroom } de lo que pueden los motores: no se recuperaría nunca. Metaestable. Que pulsen *Simular* y miren el último punto.
teach-edge-part-1-reflection-model = El 80 % viene de M/M/1: con llegadas al azar, la espera es allí de cuatro tiempos de servicio y se duplica antes del 90 %. Mis fotogramas llegan como un reloj y el servicio apenas varía, así que al 80 % casi no hay cola, y aun así se retrasaba el { $start-late-share } de los bucles, porque una de diez llamadas sufría un parón. Así que no limito la utilización. Lo que limito es la carga si se copia cada llamada, por debajo del 100 %, es decir, por debajo del 50 % sin copias. Por encima de eso, un mal momento en que se retrasan todas las llamadas se mantiene a sí mismo. Que haya menos parones no sube el techo: el techo viene del momento en que se copia cada llamada, y eso es el doble de la carga por pocas veces que ocurra.
teach-edge-part-1-reflection-look-for-1 = Que el techo de M/M/1 (azar en ambos lados) no es el techo de aquí.
teach-edge-part-1-reflection-look-for-2 = El techo de un sistema con segundas copias: una carga sin copias por debajo de la mitad.
teach-edge-part-1-reflection-look-for-3 = Por qué: un estado en que se copia cada llamada tiene que seguir siendo uno que los motores puedan absorber.
teach-edge-part-1-reflection-good = «Con copias, el techo es la mitad, no el 80 %: al { $winning-base_utilization-share }, una tormenta en la que cada llamada se envía dos veces sigue siendo el { $winning-headroom } y se vacía; al { $start-base_utilization-share } sería el { $start-headroom } y se quedaría. Con la mitad de parones la tormenta es más rara, no más pequeña: el techo sigue en la mitad».
teach-edge-part-1-reflection-partial = «Aquí el 80 % no basta porque las segundas copias añaden carga, así que hace falta más reserva». (La dirección es correcta; ninguna razón de por qué la mitad).
teach-edge-part-1-reflection-weak = «Al 80 % los motores están casi llenos, por eso se retrasa el bucle». (La lectura lo contradice: el inicio está al 80 % y casi no tiene cola).

## Part 2

teach-edge-part-2-reason = Ninguna forma de sharding acelera un fotograma en este chip. Dos motores pequeños pueden quitar como mucho un 38 % del cómputo, y un reparto por tensores lo paga con 400 traspasos por fotograma, cada uno con un arranque de { $start-dial-sync }: { $truth-handoffs } de traspasos, { $truth } el tiempo por etapas. Por etapas, un fotograma también es más lento que en la GPU sola. Aquí el sharding se hace por el intervalo entre fotogramas, no por el fotograma.
teach-edge-part-2-prediction-half =
    .why = Viene de la nube: el paralelismo de tensores es lo que hace rápida una sola petición. Y tres motores suenan a tres veces la velocidad.
    .reply = Pregunta cuántas veces tienen que ponerse de acuerdo los motores para un fotograma, y cuánto cuesta cada acuerdo en comparación con NVLink.
teach-edge-part-2-prediction-same =
    .why = Los mismos motores, las mismas operaciones.
    .reply = Las mismas operaciones, sí. ¿Quién espera a quién, y cuántas veces?
teach-edge-part-2-prediction-some =
    .why = Ven que los aceleradores son lentos y suponen una pérdida leve. Aciertan el signo y no el tamaño, porque un arranque de { $start-dial-sync } no suena a mucho.
    .reply = Multiplícalo por 400.
teach-edge-part-2-trial-winning = Uno que cumple: cuatro submodelos en la GPU, tres capas fusionadas
    .why = { $winning-frame } por fotograma, el motor más ocupado al { $winning-busiest }, la DRAM al { $winning-dram }. Un fotograma tarda el doble de lo que necesitaría la GPU, y sale uno cada { $winning-interval_s-duration }, que es lo que se pedía.
teach-edge-part-2-trial-tempting = El tentador: todo en todo
    .why = La diapositiva del proveedor. Una carga del { $tempting-busiest }: traspasos, no trabajo.
teach-edge-part-2-trial-unfused = El corte correcto, sin fusionar
    .why = Equilibrado, y aun así { $unfused-frame }: las activaciones de cada capa pasan por la DRAM, que está al { $unfused-dram }, y el trabajo se alarga en todos los motores.
teach-edge-part-2-trial-lopsided = Demasiado en la GPU
    .why = La GPU al { $lopsided-busiest }, los aceleradores casi ociosos. Las burbujas de la cascada dicen hacia dónde mover.
teach-edge-part-2-trial-two = Dos fotogramas por batch
    .why = El weight-gather de este chip. La DRAM baja al { $two-dram } y un fotograma tarda { $two-frame }: la pregunta de la reflexión, en números.
teach-edge-part-2-trial-flag = Reparto por tensores con un traspaso barato
    .why = Con un indicador compartido en lugar del controlador, un fotograma a solas es más rápido que en la GPU. Aun así no puede mantener { $fixed-frames_per_s-frames_per_s } (sus motores tendrían que trabajar el { $flag-busiest } del tiempo). Para quienes pregunten si un reparto por tensores podría funcionar aquí alguna vez.
teach-edge-part-2-reflection-model = El cable es la DRAM, y cuatro quintas partes de lo que pasa por él son pesos, que se leen de nuevo para cada fotograma. Reunirlos significa leerlos una vez para varios fotogramas. Con dos fotogramas por batch, la DRAM pasa del { $winning-dram } al { $two-dram }, y un fotograma tarda { $two-frame-over-winning } lo que antes, porque cada etapa trabaja para dos y el primero espera al segundo. En un bucle de { $p1-limit-loop } no puedo pagarlo. Lo haría en el aparcamiento, o guardaría los pesos de los submodelos más pequeños en la memoria propia de los aceleradores, donde una lectura no le cuesta nada a la DRAM. Con el doble de DRAM, el cable está a menos de la mitad y nada lo espera, así que no compartiría nada: un batch solo alargaría el fotograma, y hasta se podrían fusionar menos capas.
teach-edge-part-2-reflection-look-for-1 = Que aquí la DRAM compartida es la bisección, y que la mayor parte de su tráfico son pesos.
teach-edge-part-2-reflection-look-for-2 = La propuesta: leer los pesos una vez para varios fotogramas (un batch), o guardar algunos en el chip.
teach-edge-part-2-reflection-look-for-3 = El precio en el bucle: el primer fotograma espera al último, y cada etapa dura más.
teach-edge-part-2-reflection-good = «Compartir una lectura de los pesos entre dos fotogramas: la DRAM baja del { $winning-dram } al { $two-dram }, y el fotograma pasa de { $winning-frame } a { $two-frame }, por encima de los { $p1-limit-loop } del bucle; así que no mientras se conduce. Con el doble de DRAM los pesos no son un cuello de botella, así que un batch solo cuesta tiempo».
teach-edge-part-2-reflection-partial = «Agrupar fotogramas en un batch para leer los pesos menos veces». (Idea correcta, sin precio).
teach-edge-part-2-reflection-weak = «Usar una memoria más rápida, o comprimir las activaciones». (Las activaciones son la parte pequeña).

## Part 3

teach-edge-part-3-reason = La paginación hace lo que promete: con { $truth-maps } mapas por cámara hay sitio para { $truth-pages } cámaras en lugar de { $truth-slots }. Pero un mapa se vuelve a leer con cada fotograma, así que al coche se le acaba el ancho de banda, no el sitio: con ranuras y con páginas cumple el plazo el mismo número de cámaras. { $truth }, es decir, ninguna más. En la nube, el estado de un token se escribe una vez y decide el sitio; aquí lo que se guarda es barato y lo que se mueve, no.
teach-edge-part-3-prediction-few =
    .why = Una suposición sobria: la fragmentación existe, pero un sistema embebido se dimensiona a mano.
    .reply = Las ranuras desperdician la mitad de la memoria; la suposición se queda corta para el sitio y larga para las cámaras. Pregunta por cuál de las dos cosas se preguntaba.
teach-edge-part-3-prediction-mean =
    .why = Hicieron las cuentas, y bien: ranuras del tamaño del mapa más grande frente al mapa medio.
    .reply = Elógialo y pregunta por el segundo recurso. ¿Cuántos bytes lee una cámara en un segundo?
teach-edge-part-3-prediction-surround =
    .why = Las cuentas más finas: cada cámara que se añade es pequeña.
    .reply = Lo mismo. Es el mejor razonamiento sobre el recurso equivocado, y merece la pena decirlo en clase.
teach-edge-part-3-trial-winning = Uno que cumple: ocho mapas con huecos que se duplican, doce cámaras
    .why = { $winning-loop }, { $winning-reach } hacia el pasado, el mapa más nuevo de hace { $winning-newest }, { $winning-cost } por cámara. No se compró memoria ni se paginó nada.
teach-edge-part-3-trial-tempting = El tentador: paginar los mapas y llenar el sitio
    .why = El { $tempting-room_share-share } de la memoria usado, el alcance que se pedía, y { $tempting-loop }: la DRAM está al { $tempting-dram_load-share }, donde leer tarda cuatro veces lo que a solas. Y el mapa más nuevo es de hace { $tempting-newest }.
teach-edge-part-3-trial-paged = El ajuste que cumple, con páginas
    .why = No cambia nada más que el sitio que sobra: { $paged-loop }, como con ranuras. La demostración más limpia de la respuesta a la predicción.
teach-edge-part-3-trial-more = Dieciocho cámaras, en páginas
    .why = { $more-loop }. La pregunta del CFO tiene respuesta: en páginas hay sitio para más, y ancho de banda para { $truth-pages_on_time } como mucho.
teach-edge-part-3-trial-ring = Los ocho mapas más nuevos
    .why = Los mismos bytes, y { $ring-reach } de memoria. Qué se conserva importa más que cuánto.
teach-edge-part-3-trial-eager = Segundas copias demasiado pronto
    .why = Tras { $eager-dial-hedge_after }, cada copia vuelve a leer el pasado de su cámara: la DRAM necesita más de lo que tiene y el tiempo del bucle crece sin fin. La especulación paga con lo que está ocioso.
teach-edge-part-3-reflection-model = Renuncié a una memoria uniforme. Ocho mapas con huecos que se duplican conservan el último momento con exactitud y los últimos segundos a grandes rasgos; de entre uno y tres segundos atrás hay como mucho dos, así que puede perderse algo que en ese tiempo se vio un instante. También renuncié al ancho de banda de reserva del segundo ordenador. Con { $truth-pages_on_time } cámaras el bucle está en su límite ({ $last-loop }), dentro de lo que puede decir el modelo, y con { $more-dial-cameras } tarda { $more-loop }, así que entonces necesito dinero: para ancho de banda, una memoria más rápida o un segundo chip, y no para más memoria. Con { $crowd-dial-cameras } cámaras y esta DRAM, el bucle tarda { $crowd-loop } con { $crowd-dial-maps } mapas por cámara y { $beyond-loop } con { $beyond-dial-maps }, y { $crowd-dial-maps } alcanzan { $crowd-reach } hacia atrás: lo que se va es el alcance de { $limit-reach }.
teach-edge-part-3-reflection-look-for-1 = A qué se renunció: a un espaciado uniforme de la memoria y al ancho de banda de reserva del segundo ordenador.
teach-edge-part-3-reflection-look-for-2 = El recurso que se acaba (el ancho de banda) y con cuántas cámaras.
teach-edge-part-3-reflection-look-for-3 = Que comprar memoria no habría ayudado.
teach-edge-part-3-reflection-good = «{ $truth-pages_on_time } cámaras, por probar: con { $more-dial-cameras } el bucle tarda { $more-loop } porque está llena la DRAM en ancho de banda, no los { $fixed-feature_room_bytes-memory }; pediría ancho de banda, y renuncié a una memoria densa de entre uno y tres segundos atrás. { $crowd-dial-cameras } cámaras dejan ancho de banda para { $crowd-dial-maps } mapas, así que el alcance baja a { $crowd-reach }: ancho de banda, no memoria».
teach-edge-part-3-reflection-partial = «Conservamos menos mapas, así que la memoria da para más cámaras; cuando se llene necesitaré más». (Nombra el recurso equivocado).
teach-edge-part-3-reflection-weak = «Optimicé la memoria, así que ahora es más barata».
teach-edge-part-3-defence-model = Decide la capacidad de respuesta, y el throughput es lo que la hace posible. Uso una ventana de batch de { $p1-winning-dial-batch_window }, la cuarta parte del plazo, no por eficiencia, sino para llevar la carga por debajo de la mitad, donde cabe incluso una copia de cada llamada. Después, una segunda copia tras { $p1-winning-dial-hedge_after } lleva el P99.9 del bucle de { $p1-windowed-loop } a { $p1-winning-loop }, con un { $p1-winning-extra_load-share } más de llamadas. Eso resuelve la cola de la distribución a gran escala allí de donde viene: un parón entre diez. En la parte 2 acepté un fotograma más lento a cambio de un intervalo más corto; en la parte 3 conservé menos mapas, porque cada copia vuelve a leer el pasado de su cámara. Lo que no he resuelto es un parón de la DRAM compartida, que afecta a todos los motores a la vez: ahí no ayuda ninguna copia, y un sistema certificado lo acotaría por otros medios.
teach-edge-part-3-defence-look-for-1 = Una elección con cifras: la ventana de { $p1-winning-dial-batch_window } es throughput comprado con la cuarta parte del plazo.
teach-edge-part-3-defence-look-for-2 = La cola de la distribución: un parón de uno entre diez, curado por una copia tras { $p1-winning-dial-hedge_after }; sitio para el peor caso, una carga sin copias por debajo de la mitad.
teach-edge-part-3-defence-look-for-3 = El segundo precio de las copias, en la parte 3.
teach-edge-part-3-defence-look-for-4 = Un límite honesto: parones que afectan a todos los motores a la vez; plazos estadísticos, no certificados.
teach-edge-part-3-defence-good = «Una ventana de { $p1-winning-dial-batch_window } parece throughput, y la uso para la cola de la distribución: lleva la carga al { $p1-winning-base_utilization-share }, de modo que las copias nunca pueden desbocarse; el bucle cumple entonces { $p1-winning-loop } en P99.9».
teach-edge-part-3-defence-partial = «Elegí la capacidad de respuesta, con peticiones de respaldo contra la cola de la distribución». (Ninguna cifra, nada sobre lo que cuestan las copias).
teach-edge-part-3-defence-weak = «La seguridad es lo primero, así que la latencia importa más que el throughput».
