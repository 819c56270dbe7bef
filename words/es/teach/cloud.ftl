# The teacher’s notes on the track cloud.
# Figures come from the models, by values that buildlib/teaching.py explains: $winning-latency is a
# target at a trial, $cut-cut_share-share a metric as a share, $late-dial-hedge_after where a dial
# stands, $limit-pace a target's limit, $truth what the lock asks for, $p1-winning-latency the same of
# part 1. Figures in digits are refused, but for laws and what a question gives (tests/missions).

## Part 1

teach-cloud-part-1-reason = La respuesta de una cola crece como uno entre la proporción ociosa, 1/(1 − ρ). Del 45 % al 90 %, la proporción ociosa se encoge del 55 % al 10 %, así que en M/M/1 la respuesta crece 5,5 veces: una hipérbola, con un muro en ρ = 1. «¿De forma lineal o exponencial?», se suele preguntar, y un físico no aceptaría ninguna de las dos: una exponencial es finita con cualquier carga. El batching continuo mantiene plana la curva más tiempo, porque hay { $fixed-max_batch-count } ranuras listas en cada réplica, y por eso el giro es más brusco: { $truth } del 45 % al 90 %.
teach-cloud-part-1-prediction-flat =
    .why = Se imaginan una GPU con ranuras ociosas: mientras haya una libre, nadie espera. Es cierto en la media y falso en el P99, porque las llegadas al azar llenan todas las ranuras de vez en cuando.
    .reply = Pregunta qué pasa en el segundo en que llega el doble de lo habitual, y cuánto dura la cola de ese segundo cuando solo queda una décima parte de la capacidad para absorberla.
teach-cloud-part-1-prediction-linear =
    .why = Casi todo lo que han medido es lineal cerca de donde lo midieron. Con poca carga, la cola también: 1/(1 − ρ) es casi 1 + ρ.
    .reply = Que lean el P99 en la curva: { $truth-at_45 } al 45 %, { $truth-at_80 } al 80 %, { $truth-at_90 } al 90 %, { $truth-at_95 } al 95 %. Después, que tracen una recta por los dos primeros puntos.
teach-cloud-part-1-prediction-exponential =
    .why = «Exponencial» es, en el habla corriente, «cada vez más deprisa». La corazonada correcta con la fórmula equivocada.
    .reply = Pregunta cuánto sería el P99 exactamente al 100 %. Una exponencial da un número; la cola no tiene ninguno. El muro es la diferencia, y por él ningún SLA sobrevive allí.
teach-cloud-part-1-trial-winning = Uno que cumple: batching continuo, dos réplicas de cuatro GPU
    .why = Las peticiones entran y salen después de cualquier token, así que se aprovechan las ranuras vacías del batch estático: las mismas GPU llevan { $winning-demand } al { $winning-headroom } de su capacidad, y el P99 es { $winning-latency }. Dos réplicas son el término medio: una de ocho tiene solo { $fixed-max_batch-count } ranuras y suma entre las ocho GPU en cada token, y cuatro de dos son más lentas en cada token.
teach-cloud-part-1-trial-tempting = El tentador: llenar los batches a base de esperar
    .why = Hace lo que pide el panel, batches más grandes, y no puede funcionar: un batch estático dura tanto como su respuesta más larga, casi cinco veces la media, y hasta entonces todas las demás ranuras se quedan vacías. A la flota se le pide el { $tempting-headroom } de lo que puede hacer, y atiende { $tempting-demand } para siempre. Ninguna ventana cambia eso.
teach-cloud-part-1-trial-one = La política correcta, sin cortar
    .why = Una sola réplica con las ocho GPU es la más rápida con una única petición y la de menor capacidad: { $fixed-max_batch-count } ranuras en total, y cada token paga los all-reduce entre ocho. Se para en { $one-demand }, justo por debajo de lo que se pide.
teach-cloud-part-1-trial-four = La política correcta, cortada en exceso
    .why = El throughput sobra (la carga es el { $four-headroom } de la capacidad), pero cada paso lee los pesos con solo dos GPU: { $four-pace } por token en P99, donde se permiten { $limit-pace }. Aquí se pone en rojo una luz de ritmo, no de cola: pide a los estudiantes que digan cuál.
teach-cloud-part-1-trial-greedy = La flota que cumple, con un tercio más de peticiones
    .why = No hay nada roto, solo se le piden { $greedy-demand } en lugar de { $winning-demand }, el { $greedy-headroom } de la capacidad en lugar del { $winning-headroom }, y el P99 pasa de { $winning-latency } a { $greedy-latency }. Arrastra la carga de un valor al otro en el proyector: el codo marcado queda entre los dos. (La predicción trata de una sola réplica con las ocho GPU, así que su cifra al 90 % es otra: { $truth-at_90 }).
teach-cloud-part-1-reflection-model = En M/M/1 la respuesta es el tiempo de servicio entre 1 − ρ: cinco tiempos de servicio al 80 %, diez al 90 %, y cada punto más de carga cuesta más que el anterior, porque la pendiente es 1/(1 − ρ)². La carga real nunca es constante. Un repunte de una décima parte lleva una flota del 80 al 88 %, que es desagradable; desde el 90 la lleva al 99 %, que es una interrupción del servicio. Así que el 80 % es más o menos donde aún cabe un repunte corriente. Una flota con muchos servidores, o con llegadas regulares, puede ir más arriba; una cuyos tiempos de servicio tienen una cola larga debe quedarse más abajo. Con repuntes de la mitad de la carga el techo baja: el 67 % acabaría en el 100 %, así que me quedaría cerca del 60 %, que un repunte lleva al 90 %.
teach-cloud-part-1-reflection-look-for-1 = Las cifras de M/M/1: la respuesta es 1/(1 − ρ) tiempos de servicio, 5 al 80 % y 10 al 90 %.
teach-cloud-part-1-reflection-look-for-2 = La pendiente, 1/(1 − ρ)², o dicho con palabras: el mismo repunte cuesta más cuanto más lleno está el sistema.
teach-cloud-part-1-reflection-look-for-3 = Que la carga varía, así que el techo es un margen para los repuntes y no una ley de la naturaleza.
teach-cloud-part-1-reflection-good = «Al 80 % la espera ya es de cuatro tiempos de servicio y un punto más cuesta un cuarto de uno; un repunte de una décima parte lo convierte en el 88 % y el sistema es 1,7 veces más lento; desde el 90 %, el mismo repunte da el 99 %, diez veces más lento. Con repuntes de la mitad me pararía en el 60 %, porque el 60 % crece hasta el 90 % y el 67 %, hasta el muro».
teach-cloud-part-1-reflection-partial = «Por 1/(1 − ρ), la latencia se dispara cuando ρ se acerca a 1, así que conviene quedarse en el 80 %». (Fórmula correcta; ninguna razón de por qué 80 y no 90).
teach-cloud-part-1-reflection-weak = «Porque al 80 % los servidores están casi llenos y se vuelven lentos».

## Part 2

teach-cloud-part-2-reason = El paralelismo de tensores pone las ocho GPU a trabajar en una sola petición, y el trabajo sí baja a la octava parte. Lo que no baja es el resto: dos all-reduce en cada una de las 80 capas y los lanzamientos de los kernels. Así que, con un solo prompt, un pipeline tarda { $truth } lo que tarda el paralelismo de tensores, no ocho veces. Un pipeline de ocho tarda tanto como una sola GPU: divide el trabajo, y no el tiempo de una sola petición.
teach-cloud-part-2-prediction-pipeline =
    .why = Cuentan mensajes: 160 all-reduce frente a siete traspasos. La comunicación es el enemigo famoso, así que debe ganar quien menos se comunica.
    .reply = Pregunta qué hacen siete de las ocho GPU mientras calcula la primera etapa. Después, que lean la burbuja en la cascada con PP = 8.
teach-cloud-part-2-prediction-same =
    .why = «Ocho GPU son ocho GPU»: la conservación del trabajo.
    .reply = El trabajo se conserva; la espera, no. Compara una carrera de relevos con el juego de tirar de la cuerda: en ambos trabajan todos, pero solo en uno a la vez.
teach-cloud-part-2-prediction-eightfold =
    .why = Saben que un pipeline no divide el tiempo de una petición, y se creen al pie de la letra la división por ocho. Es la mejor de las respuestas equivocadas.
    .reply = Pregunta qué parte de los { $truth-tensors } no puede repartirse ninguna GPU: son { $truth-fixed }. Es la ley de Amdahl, con la red como parte en serie.
teach-cloud-part-2-trial-winning = El que cumple: TP = 4, dos copias
    .why = { $winning-first_token } frente a { $limit-first_token }, { $winning-pace } por token y { $winning-cost } por millón de tokens. Cuatro GPU comparten cada capa y las otras cuatro llevan una segunda copia, así que cada all-reduce une a cuatro y no a ocho.
teach-cloud-part-2-trial-tp8 = Las ocho en un solo grupo: TP = 8
    .why = { $tp8-first_token } en lugar de { $winning-first_token }, y cuesta más de vez y media: { $tp8-cost } en lugar de { $winning-cost }. Divide el trabajo por ocho; el overhead no lo divide en absoluto. Quien lo entiende bien dice cuánto cuestan los milisegundos y cuándo pagaría por ellos.
teach-cloud-part-2-trial-copies = El más barato: TP = 2, cuatro copias
    .why = { $copies-cost } por millón de tokens, y { $copies-first_token } hasta el primero. La factura pide grupos pequeños; el reloj, grandes: esta parte es la elección entre ambos.
teach-cloud-part-2-trial-tempting = El tentador: la menor comunicación posible
    .why = PP = 8 tiene una barra de comunicación casi vacía y tarda { $tempting-first_token } hasta el primer token y { $tempting-pace } en cada uno de los siguientes: también un token pasa por las ocho etapas. No era la red lo que hacía lento el inicio. Tampoco es barato con esta longitud: { $tempting-cost }, porque con respuestas de { $fixed-output_tokens-whole_tokens } lo que cuenta es el decode, y cada token espera a ocho etapas.
teach-cloud-part-2-trial-pcie = TP = 8 sobre PCI Express
    .why = El reflejo contrario. { $pcie-first_token }: el paralelismo de tensores vale lo que vale su enlace.
teach-cloud-part-2-trial-miss = Una segunda etapa en lugar de una segunda copia: TP = 4, PP = 2
    .why = { $miss-first_token }, { $miss-pace } por token y { $miss-cost }: con las mismas ocho GPU no llega antes que el ajuste que cumple, y después es más lento y más caro. Pregunta qué costó la etapa y qué habría aportado la copia.
teach-cloud-part-2-trial-static = El reparto correcto, batches estáticos
    .why = { $static-first_token }: una petición espera a que acabe el batch en curso. El batching continuo está activado al inicio; quien lo desactiva ve que ningún reparto lo compensa.
teach-cloud-part-2-reflection-model = El paralelismo de tensores con pesos fijos envía activaciones, así que su tráfico crece con el batch; reunir los pesos envía los mismos bytes sea cual sea el batch. Para un solo prompt de { $truth-tokens } tokens, reunir enviaría doscientas veces más, así que aquí los pesos se quedan donde están. Las dos formas se cruzan hacia los trece mil tokens por batch. Reuniría los pesos para el prefill masivo de documentos largos en la misma flota, capa a capa y con una capa de adelanto, y dejaría las peticiones de voz con pesos fijos. Lo que alivia el enlace para la voz son activaciones en FP8, o menos GPU por grupo. Por la noche un batch contiene más tokens que los del cruce, así que entonces sí los reuniría: los bytes de los pesos siguen siendo los mismos, y los de las activaciones ya los han superado.
teach-cloud-part-2-reflection-look-for-1 = Qué se envía: las activaciones crecen con los tokens del batch; los pesos, no.
teach-cloud-part-2-reflection-look-for-2 = Que hay un cruce, y a qué lado queda el único prompt de una voz (muy por debajo).
teach-cloud-part-2-reflection-look-for-3 = Dónde ayudaría: prompts largos, prefill masivo, trabajo en diferido.
teach-cloud-part-2-reflection-look-for-4 = Que un enlace ocupado la mitad del tiempo ya reduce la velocidad a la mitad: no hace falta que el indicador llegue al 100 % para tener problemas.
teach-cloud-part-2-reflection-good = «Reunir los pesos solo donde un batch tiene más de unos 13 000 tokens, porque sus bytes no dependen de él; un prompt de voz tiene { $truth-tokens }, así que ahí se quedan quietos. Con un documento de 16 000 tokens, las activaciones son la parte mayor, así que por la noche los reúno».
teach-cloud-part-2-reflection-partial = «En lugar de sumar activaciones, cada GPU podría traer los pesos que necesita, y así se envía menos». (Mecanismo correcto; falta ver que con batches pequeños se envía más).
teach-cloud-part-2-reflection-weak = «Comprimir los datos o comprar un enlace más rápido para que el ancho de banda no se sature».

## Part 3

teach-cloud-part-3-reason = Un token ocupa 2 × 80 × 8 × 128 × 2 = 327 680 bytes. Así que en { $truth-memory } caben 244 140 tokens: { $truth-reserved } usuarios que reservan cada uno los { $fixed-max_tokens-whole_tokens } enteros, o { $truth-paged } que ocupan lo que contienen, es decir, { $truth } más. Las longitudes son un supuesto, y por tanto también la cifra; lo que importa es la razón, de alrededor de cinco.
teach-cloud-part-3-prediction-15 =
    .why = Multiplican por las 64 cabezas de consulta. Con grouped-query attention solo se guardan en caché las 8 cabezas KV, así que todo les sale ocho veces más pequeño de lo debido. El error de manual.
    .reply = Que abran Un vistazo a las fórmulas y busquen qué número de cabezas aparece en la fórmula.
teach-cloud-part-3-prediction-20 =
    .why = Toman la memoria que se recupera ({ $truth-back }) por la ganancia en usuarios: { $truth-reserved } usuarios y dos tercios más. Pero los usuarios crecen según lo poco de la memoria que antes contenía tokens: el { $truth-reserved_full }.
    .reply = Si antes el { $truth-reserved_full } de la memoria contenía tokens y ahora los contiene el { $truth-paged_full }, ¿cuánto crecen los tokens?
teach-cloud-part-3-prediction-400 =
    .why = Dividen { $truth-memory } entre los tokens de un chat corto, u olvidan que una respuesta en curso sigue creciendo: los usuarios que se encuentran al mirar en un momento al azar ocupan más que la petición media.
    .reply = Las respuestas largas duran más, así que al mirar el servidor se encuentran más de ellas: la paradoja de la inspección.
teach-cloud-part-3-trial-winning = Uno que cumple: páginas, un presupuesto moderado, borradores de dos tokens
    .why = La paginación sola admite a más y hace más lentos a todos; dos tokens de borrador recuperan la velocidad. El { $winning-cost } del coste inicial, un P99 que es el { $winning-p99 } del inicial, y el { $winning-memory } de la caché contiene tokens. Fíjate en que la memoria solo está medio llena: la capacidad no era el objetivo. El presupuesto es una ventana: con un paso menos, el coste es el { $less-cost } del inicial; con un paso más, el P99 es el { $more-p99 } del inicial.
teach-cloud-part-3-trial-tempting = El tentador: llenar la memoria y escribir más borradores
    .why = La caché está llena al { $tempting-memory } y el coste ha bajado al { $tempting-cost }: dos luces verdes. Pero un paso que comprueba cinco tokens para cien respuestas topa con el cómputo, el modelo borrador se ha quedado con un tercio de la caché, y el { $tempting-lost_time-share } del tiempo se va en volver a calcular lo que se expulsó. El P99 es el { $tempting-p99 } del inicial.
teach-cloud-part-3-trial-nodraft = Lo mismo sin borradores
    .why = Paginación sin especulación: el P99 es el { $nodraft-p99 } del inicial. La memoria era el primer muro; el ancho de banda, el segundo.
teach-cloud-part-3-trial-fulldraftless = El presupuesto tentador sin borradores
    .why = Cuesta el { $fulldraftless-cost } de lo que costaba al inicio, menos que con borradores ({ $tempting-cost }): con batches grandes la especulación pierde. La comparación merece un minuto en clase.
teach-cloud-part-3-trial-less = Un paso menos de presupuesto
    .why = También cumple, más caro y más rápido: el { $less-cost } del coste inicial, el { $less-p99 } de su P99. Se puede defender cualquiera de los dos.
teach-cloud-part-3-trial-more = Un paso más de presupuesto
    .why = Más barato, el { $more-cost }, pero el ancho de banda está gastado: el P99 es el { $more-p99 } del inicial.
teach-cloud-part-3-trial-cut = Reservar menos, de forma contigua
    .why = El truco barato: apartar para cada uno la cuarta parte del contexto. El coste es el { $cut-cost } del inicial, y el { $cut-cut_share-share } de las respuestas acaba a mitad de una frase. El coste y la memoria se ponen en verde; el P99, el { $cut-p99 } del inicial, no es lo peor. Qué es lo peor, lo dice el estado de fallo.
teach-cloud-part-3-reflection-model = Lo pagó la paginación con un presupuesto de { $winning-dial-preemption_budget }: el doble de respuestas comparte las mismas ocho GPU. La decodificación especulativa devolvió el P99 que había costado el batch más grande; sin ella, el P99 sería el { $nodraft-p99 } del inicial. La política de expulsión no hizo nada, porque con este presupuesto no se expulsa a ninguna. Si el P99 empeorara, devolvería primero presupuesto, un paso: es el mando que cambia directamente coste por latencia, y no necesita un despliegue nuevo. Tiene un precio que le diría a la CFO: el { $less-cost } del coste inicial después de un paso; después de dos sería el { $twice-cost }, y la mitad que ella pide ya no se cumple. Vigilaría la aceptación, porque si cambia el tráfico los borradores rinden menos. Con una aceptación de 0,6, un usuario no cuesta menos con dos borradores que sin ellos; pero siguen acortando el P99, así que los mantendría y devolvería presupuesto, de { $winning-dial-preemption_budget } a { $guarded-dial-preemption_budget }. El P99 es entonces el { $guarded-p99 } del inicial, y un usuario cuesta el { $guarded-cost } de lo que costaba: las dos promesas a la vez no se cumplen, y yo lo diría.
teach-cloud-part-3-reflection-look-for-1 = Qué mando dio qué: la paginación y el presupuesto, los usuarios; la especulación, el P99.
teach-cloud-part-3-reflection-look-for-2 = Un precio para cada uno: la fragmentación, nada más que bloques; el presupuesto, un paso más largo; los borradores, memoria y cómputo.
teach-cloud-part-3-reflection-look-for-3 = Qué se devuelve primero, con una razón que venga de las lecturas.
teach-cloud-part-3-reflection-good = «El presupuesto compró los usuarios y los borradores devolvieron el P99; devolvería primero presupuesto, porque un paso por debajo de { $winning-dial-preemption_budget } el P99 baja en el acto y el coste sube unos pocos puntos, pero sigue por debajo de la mitad. Con 0,6 también bajaría el presupuesto, porque los borradores aún ayudan al P99; la mitad del coste y el P99 de antes ya no van juntos».
teach-cloud-part-3-reflection-partial = «Lo pagó PagedAttention, porque elimina la fragmentación. Reduciría el batch si empeorara el P99». (Nada sobre los borradores, que son los que mantuvieron el P99).
teach-cloud-part-3-reflection-weak = «Los tres mandos ayudaron a reducir el coste».
teach-cloud-part-3-defence-model = Elegí throughput hasta el punto donde empieza la cola de la distribución, y no más allá. Parte 1: batching continuo, dos réplicas, y nunca por encima del 80 % de la capacidad, porque el P99 va como 1/(1 − ρ). Parte 2: TP = 4 en dos copias, porque TP = 8 tarda { $p2-tp8-first_token } en lugar de { $p2-winning-first_token } y cuesta { $p2-tp8-cost } en lugar de { $p2-winning-cost }. Parte 3: páginas, un presupuesto de { $winning-dial-preemption_budget }, borradores de dos tokens, y el { $winning-cost } de lo que costaba un usuario al inicio. Sin batching, los pesos se leerían para un solo token cada vez, y eso no lo paga ninguno de nuestros presupuestos. La cola de la distribución a gran escala venía de tres sitios: la cola de espera, que la holgura contiene; la respuesta más larga de un batch, que el batching continuo elimina; y las respuestas que se expulsan, que un presupuesto moderado evita. Si bajara la aceptación, los borradores rendirían menos: reduciría el presupuesto y se lo diría a la CFO antes de que lo leyera.
teach-cloud-part-3-defence-look-for-1 = Una elección con cifras de su propia bitácora, de las tres partes.
teach-cloud-part-3-defence-look-for-2 = El batching continuo no es lo contrario de la capacidad de respuesta: ganó en ambas cosas frente a los batches estáticos.
teach-cloud-part-3-defence-look-for-3 = La cola de la distribución: de dónde venía en cada parte (la espera cerca del muro, la respuesta más larga de un batch, las respuestas expulsadas) y qué la contuvo.
teach-cloud-part-3-defence-look-for-4 = Una cosa que le haría cambiar de opinión.
teach-cloud-part-3-defence-good = «Throughput, hasta el { $p1-winning-headroom } de la capacidad: mi propia prueba con dos réplicas muestra allí un P99 de { $p1-winning-latency }, y de { $p1-greedy-latency } al { $p1-greedy-headroom }, así que un tercio más de throughput se paga con una cola de la distribución que es { $p1-greedy-latency-over-winning } la de antes».
teach-cloud-part-3-defence-partial = «Di prioridad al throughput con batching continuo porque es más eficiente, y la cola de la distribución no dio problemas». (Una elección, ninguna cifra, ninguna explicación de la cola).
teach-cloud-part-3-defence-weak = «Las dos cosas son importantes, hay que encontrar un equilibrio».
