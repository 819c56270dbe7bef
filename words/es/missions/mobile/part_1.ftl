# The Throughput Knee: the words of missions/mobile/part_1.toml

## The part

mobile-1-title = El codo del throughput
mobile-1-stakeholder-role = Directora de Wearables

## The prediction

mobile-1-lock-question = Si subes la tasa de peticiones al 90 % de tu capacidad máxima, ¿la latencia P99 crece de forma lineal o exponencial?
mobile-1-lock-quantity = P99 del tiempo por fotograma al 90 % de la capacidad, como múltiplo del que hay al 45 %
mobile-1-lock-option-flat = Apenas crece
    .detail = En esta malla el P99 lo fija otra cosa, y la carga apenas lo toca.
mobile-1-lock-option-linear = De forma lineal
    .detail = El doble de carga, el doble de P99.
mobile-1-lock-option-hyperbolic = De forma hiperbólica
    .detail = Como uno entre la proporción ociosa: de un 55 % ocioso se pasa a un 10 %.
mobile-1-lock-option-exponential = De forma exponencial
    .detail = Cada décima parte de la capacidad la duplica: 4,5 duplicaciones.

## The dials

mobile-1-knob-glasses = Gafas por nodo
    .doc = Pares de gafas en un canal y un nodo edge, cada uno con 60 fotogramas por segundo
mobile-1-knob-batch_window = Ventana de batch
    .doc = Cuánto espera la primera región de un mensaje a otras de su fotograma
mobile-1-knob-stalls = Parones de la malla
    .doc = Proporción de mensajes que sufren un parón de unos 75 ms; se supone que cada uno lo sufre por su cuenta

## The lights

mobile-1-target-mean = Tiempo medio por fotograma
mobile-1-target-stutter = Tirones: fotogramas de más de { $limit-mean }
    .reading = { $value } de los fotogramas
mobile-1-target-demand = Gafas en un nodo
mobile-1-target-mesh = Parones que soporta
    .reading = { $value } de los mensajes

## What breaks down

mobile-1-failure-overload = El aire o el nodo están llenos
    .message = Al canal o al nodo se le pide más del 100 % de su tiempo: la cola crece sin fin y ningún fotograma vuelve a tiempo.
mobile-1-failure-mesh = La malla sola gasta el presupuesto de tirones
    .message = Más del 1 % de los fotogramas tiene un mensaje que sufre un parón de unos 75 ms. Esos fotogramas están perdidos, sea cual sea el resto del presupuesto.
mobile-1-failure-window = La ventana se ha comido el fotograma
    .message = Todas las regiones se encuentran en 4 ms, y el último mensaje sale casi un milisegundo después, o más. O una región ha perdido la ventana por poco y ha abierto otra propia, o la ventana espera para nada.

## The challenges

mobile-1-challenge-valley = Encuentra un valle de los tirones: una ventana mejor que medio milisegundo menos y que medio milisegundo más.
    .done = Aquí da tirones el { $stutter } de los fotogramas, con una media de { $mean_frame_s }. Hay más de un valle: importa si la ventana acaba antes de que llegue un fotograma de otro par.
mobile-1-challenge-mesh = Solo con la malla, duplica la proporción de fotogramas que dan tirones.
    .done = Da tirones el { $stutter } de los fotogramas, y la media sigue en { $mean_frame_s }: una media no ve lo que hace un solo parón.
mobile-1-challenge-full = Solo con más pares de gafas, empeora los tirones en cuatro décimas, antes de que la cola crezca sin fin.
    .done = La carga solo se nota al { $utilization } del nodo, con tirones en el { $stutter } de los fotogramas: hasta ahí es la malla la que retrasa los fotogramas.

## The reflection

mobile-1-reflection-voice = Patterson
mobile-1-reflection-question = ¿Por qué el 80 % de utilización es el techo práctico de un sistema que responde a tiempo? ¿Y por qué daban tirones tus fotogramas muy por debajo de él? Tu caso: los parones se vuelven tres veces más raros, el 0,1 % de los mensajes. ¿Sigues necesitando la ventana?

## Sources

mobile-1-source-1 = P99 por debajo de 10 ms a 80 MHz, incluso junto a otras redes, que estropean los canales más estrechos: Experimental Evaluation of IEEE 802.11ax - Low Latency and High Reliability with Wi-Fi 6?, IEEE GLOBECOM 2022
mobile-1-source-2 = Malla doméstica, P99 de unos 90 ms durante 24 horas: S. Sarode, Why every home needs a Wi-Fi mesh: statistical analysis, sarodeoverwireless.com, 2022
mobile-1-source-3 = El más lento de varios: Dean y Barroso, The Tail at Scale, Communications of the ACM 56(2), 2013
mobile-1-source-4 = M/D/1, y M/M/1 para la reflexión: Mor Harchol-Balter, Performance Modeling and Design of Computer Systems, Cambridge University Press, 2013
mobile-1-source-5 = Forma y mediana de la latencia de arranque, proporción y duración de los parones, regiones, bytes y tiempo del nodo: supuestos, en labpy.models.offload y en el archivo de esta parte
