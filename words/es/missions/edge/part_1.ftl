# The Throughput Knee: the words of missions/edge/part_1.toml

## The part

edge-1-title = El codo del throughput
edge-1-stakeholder-role = Responsable de seguridad funcional

## The prediction

edge-1-lock-question = Si subes la frecuencia de fotogramas al 90 % de tu capacidad máxima, ¿la latencia P99.9 del bucle crece de forma lineal o exponencial?
edge-1-lock-quantity = P99.9 del bucle al 90 % de la capacidad, como múltiplo del que hay al 45 %
edge-1-lock-option-flat = Apenas crece
    .detail = Las cámaras van como un reloj. Un fotograma rara vez encuentra cola hasta que no queda ningún sitio.
edge-1-lock-option-linear = De forma lineal
    .detail = Al compás de la carga: el doble de fotogramas, el doble de P99.9.
edge-1-lock-option-hyperbolic = De forma hiperbólica
    .detail = Como uno entre la proporción ociosa: un 55 % ocioso se encoge al 10 %.
edge-1-lock-option-exponential = De forma exponencial
    .detail = Cada décima parte de la capacidad la duplica: 4,5 duplicaciones.

## The dials

edge-1-knob-frame_rate = Frecuencia de fotogramas
    .doc = Fotogramas por segundo de cada cámara; cada fotograma es una vuelta del bucle, una llamada a los diez submodelos
edge-1-knob-batch_window = Ventana de batch
    .doc = Cuánto espera el primer fotograma de un batch a los de las otras cámaras
edge-1-knob-hedge_after = Segunda copia tras
    .doc = Una llamada que entonces siga sin respuesta se envía también a otro motor, y cuenta la primera respuesta; con 10 ms no hay segunda copia
edge-1-knob-cameras = Cámaras
    .doc = Cámaras del coche, que se disparan por turnos a intervalos iguales

## The lights

edge-1-target-loop = P99.9 del bucle
edge-1-target-demand = Fotogramas percibidos
edge-1-target-headroom = Carga si se copia cada llamada
    .reading = { $value } de la capacidad

## What breaks down

edge-1-failure-overload = Los motores no dan abasto
    .message = Cada segundo, los fotogramas traen a cada motor más de un segundo de trabajo. Lo que el coche ve es más viejo con cada fotograma.
edge-1-failure-runaway = Copias de copias de copias
    .message = Las segundas copias frenan los motores, así que se retrasan más llamadas, así que se copian más. Los motores tenían sitio para las llamadas; para esto no lo tienen.
edge-1-failure-metastable = A un mal momento del derrumbe
    .message = Si un mal momento retrasara todas las llamadas, bastarían las copias para que siguieran retrasadas: juntas son más de lo que pueden los motores, y el bucle no se recuperaría por sí solo.
edge-1-failure-deadline = Se incumple el plazo
    .message = Más de un bucle de cada 1000 tarda más de { $limit-loop }. A 60 fotogramas por segundo es uno cada 17 segundos por cámara, y más a menudo con cada cámara que se añade.

## The challenges

edge-1-challenge-window = Encuentra una ventana de batch que merezca su espera: con medio milisegundo menos y con medio milisegundo más, el bucle tiene que ser más lento.
    .done = El bucle tarda { $loop_p999_s } en P99.9, con el motor al { $base_utilization } de uso: una ventana más corta se cierra antes de que llegue el siguiente fotograma; una más larga es ella misma la espera.
edge-1-challenge-steep = Solo con la frecuencia de fotogramas, haz que el bucle tarde la mitad más, antes de que crezca sin fin.
    .done = Con el motor al { $base_utilization } de uso, el bucle tarda { $loop_p999_s }. Los últimos fotogramas por segundo cuestan más que todos los anteriores.
edge-1-challenge-storm = Manda el respaldo demasiado pronto: envía copias hasta que desborden el motor.
    .done = Si cada llamada se enviara dos veces, el motor necesitaría el { $copied_utilization } de su tiempo. El remedio para la llamada lenta se ha convertido en la carga.

## The reflection

edge-1-reflection-voice = Patterson
edge-1-reflection-question = ¿Por qué el 80 % de utilización es el techo práctico de un sistema que responde a tiempo? Aquí los motores están ocupados al 80 % desde el principio, al compás de un reloj, y la cola apenas es el problema: ¿dónde pones el techo de un sistema que envía segundas copias? Tu caso: un controlador mejor reduce los parones a la mitad. ¿Pueden estar ahora más ocupados los motores?

## Sources

edge-1-source-1 = Abanico de llamadas y peticiones de respaldo: Dean y Barroso, The Tail at Scale, Communications of the ACM 56(2), 2013
edge-1-source-2 = Estados de los que un sistema no sale por sí solo: Bronson, Aghayev, Charapko y Zhu, Metastable Failures in Distributed Systems, HotOS 2021
edge-1-source-3 = Cuánto acortan una cola las llegadas regulares: Kingman, The single server queue in heavy traffic, Mathematical Proceedings of the Cambridge Philosophical Society 57(4), 1961
