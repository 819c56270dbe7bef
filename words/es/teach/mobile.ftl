# The teacher’s notes on the track mobile.
# Figures come from the models, by values that buildlib/teaching.py explains: $winning-latency is a
# target at a trial, $cut-cut_share-share a metric as a share, $late-dial-hedge_after where a dial
# stands, $limit-pace a target's limit, $truth what the lock asks for, $p1-winning-latency the same of
# part 1. Figures in digits are refused, but for laws and what a question gives (tests/missions).

## Part 1

teach-mobile-part-1-reason = En esta malla la carga apenas toca el P99: al 90 % de la capacidad es { $truth } el del 45 %. La cola sí sigue 1/(1 − ρ), pero lo que multiplica es el tiempo que un mensaje retiene el canal, menos de 0,2 ms, mientras que la latencia de arranque α del más lento de ocho mensajes llega de vez en cuando a decenas de milisegundos. Un objetivo de utilización no dice nada del jitter que cada mensaje trae consigo. Haz que miren otra vez la curva cuando esté reparada: sin los parones en el P99, se dobla como dice el libro.
teach-mobile-part-1-prediction-linear =
    .why = Es la respuesta por defecto: el doble de carga, el doble de tiempo.
    .reply = Pregunta por las dos partes del tiempo de un fotograma, la que cambia con la carga y la que no, y cuál es mayor.
teach-mobile-part-1-prediction-hyperbolic =
    .why = Conocen la ley de la cola y la aplican al fotograma entero.
    .reply = La ley es la correcta. Multiplícala por aquello a lo que se aplica: una quinta parte de un milisegundo. Nueve veces eso sigue siendo poco.
teach-mobile-part-1-prediction-exponential =
    .why = Es sabido que lo inalámbrico se derrumba, así que esperan lo peor.
    .reply = Se derrumba, sí, en ρ = 1. Lee los tirones con un solo par de gafas: los fotogramas llegaban tarde antes de que nadie compartiera el canal.
teach-mobile-part-1-trial-winning = Uno que cumple: las ocho regiones en un solo mensaje
    .why = La ventana de { $winning-dial-batch_window } se cierra justo cuando se encuentra la última región. Un α por fotograma en lugar del más lento de ocho, y siete accesos al canal ahorrados: da tirones el { $winning-stutter } de los fotogramas. Esperar hizo más rápido el fotograma.
teach-mobile-part-1-trial-tempting = El tentador: medio milisegundo menos
    .why = Siete de las ocho regiones salen antes; la octava pierde esa salida y abre una ventana propia: dos mensajes, el último a los { $tempting-last_departure_s-duration }, y da tirones el { $tempting-stutter }. Parece un ajuste fino y es un precipicio. La figura «Fotograma a fotograma» muestra el segundo mensaje.
teach-mobile-part-1-trial-lonely = Un solo par de gafas, región a región
    .why = Da tirones el { $lonely-stutter } de los fotogramas sin nadie con quien compartir: prueba de que no es la carga.
teach-mobile-part-1-trial-half = Dos mensajes de cuatro
    .why = { $half-stutter }: mejor que con { $tempting-dial-batch_window }, porque el segundo mensaje sale a los { $half-last_departure_s-duration } y no a los { $tempting-last_departure_s-duration }. Los tirones no son una función monótona de la ventana.
teach-mobile-part-1-trial-long = Por si acaso: esperar más
    .why = { $long-stutter }. Una ventana de { $long-dial-batch_window } no reúne nada más que una de { $winning-dial-batch_window }, y su mensaje sale a los { $long-last_departure_s-duration }.
teach-mobile-part-1-trial-home = Una malla doméstica
    .why = { $home-stutter }: un mensaje por fotograma, y el { $home-mesh } de los mensajes sufre un parón. Ninguna ventana ayuda; la promesa depende del canal. Es la nota honesta de esta ruta.
teach-mobile-part-1-reflection-model = Al 80 %, M/M/1 está en cinco tiempos de servicio y aún cabe un aumento corriente de la carga. Mi tiempo de servicio es una quinta parte de un milisegundo de aire, así que al 80 % toda la cola cuesta alrededor de un milisegundo, que nadie ve. Lo que da tirones es α: el { $start-mesh } de los mensajes sufre un parón de unos 75 ms, y un fotograma de ocho mensajes topa con uno con probabilidad 1 − (1 − p)⁸, ocho veces más a menudo. Eso le pasa a un solo par de gafas en una sala vacía. Así que el techo de utilización sigue en pie, pero no es lo que mantiene mi promesa; lo que la mantiene es enviar menos mensajes. Con un { $calm-mesh } de parones, ocho mensajes por fotograma todavía hacen dar tirones al { $calm-stutter } de los fotogramas con los ocho pares (el jitter corriente de α también cuenta ocho veces), así que la ventana se queda.
teach-mobile-part-1-reflection-look-for-1 = El 80 % de M/M/1, como en las demás rutas.
teach-mobile-part-1-reflection-look-for-2 = Lo que la cola multiplica: el tiempo de servicio de un mensaje, pequeño al lado de α.
teach-mobile-part-1-reflection-look-for-3 = El más lento de ocho: 1 − (1 − p)⁸.
teach-mobile-part-1-reflection-good = «Con seis pares daba tirones el { $start-stutter } de los fotogramas, y con un solo par, el { $lonely-stutter }: la cola añade décimas de milisegundo; el más lento de ocho arranques añade 75. Incluso con un { $calm-mesh } de parones, el más lento de ocho da un { $calm-stutter }, así que conservo la ventana».
teach-mobile-part-1-reflection-partial = «La utilización era baja, pero el wifi tiene jitter, así que los fotogramas llegaban tarde». (No hay mecanismo: por qué ocho mensajes son peores que uno).
teach-mobile-part-1-reflection-weak = «El canal se sobrecargó antes de llegar al 80 %».

## Part 2

teach-mobile-part-2-reason = Cada capa repartida entre nodos paga dos veces la latencia de arranque, y en esta malla eso son más de 3 ms donde NVLink tiene unos diez microsegundos. Ocho capas detrás del corte son { $truth-exchanges } arranques seguidos, para ahorrar medio milisegundo de cómputo: { $truth } el tiempo de un solo nodo. Un corte entre capas paga α una sola vez, por muchas capas que haya.
teach-mobile-part-2-prediction-half =
    .why = Viene del centro de datos, donde es casi verdad.
    .reply = Pregunta qué había en el centro de datos entre sus dos GPU. La respuesta que buscas no es el ancho de banda: es el arranque.
teach-mobile-part-2-prediction-little =
    .why = Ven que solo se podría reducir a la mitad la parte del fotograma que toca al nodo. Buen presupuesto, pero sin el coste de los intercambios.
    .reply = ¿Cuántas veces se hablan los dos nodos durante un fotograma?
teach-mobile-part-2-prediction-worse =
    .why = Esperan que los intercambios cuesten algo y subestiman cuántos van seguidos.
    .reply = Que los cuenten en la figura «Fotograma a fotograma»: *Arranques seguidos* es una columna del registro de despliegues.
teach-mobile-part-2-trial-winning = Uno que cumple: corte antes de los recortes, un nodo
    .why = Tres milisegundos en las gafas, 33 kB por el aire, un α: { $winning-stutter } de tirones, { $winning-cost } por usuario, { $winning-power } en la sien. Tanto el aire como la sien lo permiten.
teach-mobile-part-2-trial-tempting = El tentador: dos nodos para la mitad del tiempo
    .why = El nodo está ocupado solo el { $tempting-node-share } del tiempo, y al aire se le pide el { $tempting-air-share } de lo que puede llevar: { $tempting-alphas-count } mensajes por fotograma. No se vuelve lento: se para.
teach-mobile-part-2-trial-alone = Lo mismo para un solo par
    .why = Sin ninguna cola: { $alone-p99_frame_s-duration } en P99, un arranque tras otro. Y { $alone-cost } por usuario.
teach-mobile-part-2-trial-early = Una capa menos en las gafas
    .why = Cruzan 130 kB en lugar de 33, y la cola por el aire se adueña de todo: { $early-stutter }.
teach-mobile-part-2-trial-deep = Enviar lo menos posible: corte antes del traductor
    .why = Cruzan 8 kB, y las gafas solas tardan más que un fotograma, con { $deep-power }. Cuando n/β ya es pequeño al lado de α, enviar menos bytes no sirve de nada.
teach-mobile-part-2-trial-pieces = El corte correcto en cuatro mensajes
    .why = { $pieces-stutter }: la parte 1 otra vez, el más lento de cuatro.
teach-mobile-part-2-reflection-model = Los pesos no cambian de un fotograma a otro, así que los reuniría una sola vez, cuando un nodo se incorpora, y guardaría la red entera en cada nodo. Entonces no queda ningún intercambio dentro de un fotograma, y lo que cruza es el corte: 33 kB de recortes, una vez, en un solo sentido. La flota crece dando a cada nodo sus propios usuarios. Reunirlos en cada fotograma, como en un centro de datos, enviaría los megabytes de la red por un enlace cuyo presupuesto por fotograma es de unas decenas de kilobytes. Con α en 10 µs, los dieciséis intercambios siguen enviando 26 kB cada uno, un tercio de milisegundo en este canal: más de cinco milisegundos para ahorrar medio. Este reparto necesita el β de NVLink tanto como su α.
teach-mobile-part-2-reflection-look-for-1 = Reunir en cada fotograma enviaría megabytes; lo que ayuda es reunir una vez y conservar.
teach-mobile-part-2-reflection-look-for-2 = Lo que queda por enviar: los 33 kB del corte.
teach-mobile-part-2-reflection-look-for-3 = La consecuencia: repartir por usuarios, no por capas.
teach-mobile-part-2-reflection-good = «Reunir una vez, al arrancar, y hacer el sharding por usuarios: por fotograma solo quedan los 33 kB del corte, es decir, un α en lugar de diecisiete. Incluso con un α de 10 µs, dieciséis veces los bytes entre β son más de cinco milisegundos, para ahorrar medio».
teach-mobile-part-2-reflection-partial = «Cada nodo conserva sus pesos, así que hay menos que enviar». (Ya lo hacían; falta decir que las activaciones ya no tienen que intercambiarse).
teach-mobile-part-2-reflection-weak = «Usar Wi-Fi 7 para tener más ancho de banda». (No es ancho de banda lo que falta).

## Part 3

teach-mobile-part-3-reason = Las sesiones son cortas frente al contexto más largo: en un momento cualquiera, una contiene { $truth-mean } de los { $truth-longest } tokens que reserva. En bloques de { $winning-dial-block_tokens } caben { $truth-paged } en lugar de { $truth-whole }: { $truth } las de antes. Pero en otro sentido no caben: con { $crowd-dial-sessions } se le pide al nodo el { $crowd-node-share } de lo que puede hacer, y ningún subtítulo llega a tiempo. Detrás del muro de la memoria está el nodo.
teach-mobile-part-3-prediction-tenth =
    .why = Piensan en el último bloque de una sesión, la fragmentación interna de un asignador paginado, y no en la reserva.
    .reply = ¿Cuál de las dos cosas desperdiciaba la flota del inicio? Las barras muestran lo que se retiene sin usar.
teach-mobile-part-3-prediction-double =
    .why = «Se desperdicia la mitad» es lo que todo el mundo aventura sobre cualquier cosa.
    .reply = Que usen la media: { $truth-mean } tokens de { $truth-longest }.
teach-mobile-part-3-prediction-forty =
    .why = Toman la sesión típica, un vistazo a un letrero, por la media. Las sesiones largas duran más, así que en cualquier momento hay más de ellas.
    .reply = La paradoja de la inspección: ¿quién está en el nodo ahora mismo?
teach-mobile-part-3-trial-winning = Uno que cumple: bloques pequeños, dos borradores
    .why = Con { $winning-dial-sessions }: el { $winning-cost } del coste del inicio y el { $winning-stutter } de los subtítulos con retraso. Dos borradores convierten cuatro rondas en unas dos, y con ellas el número de α.
teach-mobile-part-3-trial-tempting = El tentador: llenar la memoria y hacer más borradores
    .why = En la memoria caben { $truth-paged }, y { $tempting-dial-sessions } usan el { $tempting-memory-share } de ella; el coste es el { $tempting-cost } del inicial, y llega tarde el { $tempting-stutter } de los subtítulos.
teach-mobile-part-3-trial-nodraft = Lo mismo sin borradores
    .why = Llega tarde el { $nodraft-stutter }: cuatro rondas seguidas por cada subtítulo.
teach-mobile-part-3-trial-eager = Ocho borradores
    .why = Llega tarde el { $eager-stutter }, y { $eager-power } en la sien. Un borrador cuenta solo si todos los anteriores eran correctos, y cada uno cuesta su tiempo en las gafas y su sitio en el batch del nodo.
teach-mobile-part-3-trial-coarse = Bloques más grandes
    .why = También cumplen los bloques de { $coarse-dial-block_tokens }: casi toda la ganancia está en no reservar; el tamaño del bloque es un detalle. Para estudiantes que pasan minutos girando este mando.
teach-mobile-part-3-trial-forget = Olvidar en lugar de paginar
    .why = Soltar contexto no ayuda cuando un bloque es de { $forget-dial-block_tokens } de todos modos (las sesiones piden el { $forget-memory-share } de la memoria), y rompe la promesa del producto.
teach-mobile-part-3-reflection-model = Pagaste el contexto más largo de todo el mundo: { $truth-longest } tokens donde una sesión contiene { $truth-mean }, de modo que más de tres cuartas partes de lo reservado no contenían nada. Los borradores ahorraron arranques: un subtítulo de cuatro tokens necesitaba cuatro rondas y ahora necesita unas dos. Costarían más de lo que ahorran si acertaran menos, por ejemplo con otro idioma; si el nodo estuviera más lleno, ya que cada conjetura se verifica para todo el batch; o en un canal cuyo α sea tan pequeño que una ronda ya cueste poco. Por cable, una ronda apenas cuesta arranque, así que un borrador solo ahorra esperas al nodo, y sigue costando su tiempo en las gafas y una posición que verificar: haría menos borradores, o ninguno.
teach-mobile-part-3-reflection-look-for-1 = La memoria: más de tres cuartas partes de cada reserva no contenían nada.
teach-mobile-part-3-reflection-look-for-2 = Los arranques: de cuatro rondas a unas dos.
teach-mobile-part-3-reflection-look-for-3 = Qué convertiría los borradores en una pérdida: menos aceptación, un modelo borrador más lento, un nodo más lleno, un canal limpio con un α pequeño.
teach-mobile-part-3-reflection-good = «Los borradores compensan porque una ronda cuesta un α de 3 ms o más; por cable, o con una aceptación cercana a la mitad, pagaría conjeturas que el nodo tira. Por cable dejaría de hacer borradores: los arranques que ahorraban no cuestan nada allí».
teach-mobile-part-3-reflection-partial = «La paginación liberó memoria y los borradores lo hicieron más rápido; demasiados borradores lo harían lento». (Ni arranques ni condición).
teach-mobile-part-3-reflection-weak = «Bloques más pequeños y más sesiones redujeron el coste».
teach-mobile-part-3-defence-model = Capacidad de respuesta, por medio de lo que parece batching. En todas las partes la cola de la distribución venía del número de arranques, no de la carga: ocho mensajes por fotograma, dieciséis intercambios de un reparto por tensores, cuatro rondas por subtítulo. Cada vez envié menos y más grande: un mensaje ({ $p1-winning-stutter } de tirones), un corte (33 kB, un α), dos borradores (dos rondas). El nodo agrupa con batching continuo, porque con { $winning-dial-sessions } eso no cuesta ningún plazo. No di prioridad al throughput: con { $tempting-dial-sessions } la memoria se habría aprovechado y el nodo no habría dado abasto. La cola de la distribución a gran escala no ha desaparecido: el { $p1-winning-mesh } de los mensajes sigue sufriendo un parón, y ese es el suelo. Contra un escaneo que detiene todos los mensajes a la vez, enviar menos no cura nada. En una malla doméstica no firmaría esta promesa de ningún modo.
teach-mobile-part-3-defence-look-for-1 = Cifras de las tres partes y un mismo remedio nombrado tres veces: menos mensajes, más grandes.
teach-mobile-part-3-defence-look-for-2 = Una elección: hay batching en el nodo, pero decide el plazo de un fotograma.
teach-mobile-part-3-defence-look-for-3 = La cola de la distribución: el más lento de varios arranques, y lo que queda (los parones del único mensaje).
teach-mobile-part-3-defence-look-for-4 = El límite honesto: la promesa solo vale en un canal limpio.
teach-mobile-part-3-defence-good = «Pagué { $p1-winning-dial-batch_window } de espera para toparme con un α en lugar del más lento de ocho: los tirones pasaron del { $p1-start-stutter } al { $p1-winning-stutter }, y es el mismo trato que los dos borradores de la parte 3».
teach-mobile-part-3-defence-partial = «Capacidad de respuesta, porque la RA necesita latencia baja; reduje los mensajes». (Sin cifras, y nada sobre lo que queda).
teach-mobile-part-3-defence-weak = «Necesitamos una red mejor».
