# The Memory Wall: the words of missions/tiny/part_3.toml

## The part

tiny-3-title = El muro de la memoria
tiny-3-stakeholder-role = Director financiero (CFO)

## The prediction

tiny-3-lock-question = PagedAttention da a cada petición la memoria que usa, no la máxima que podría usar. Si haces lo mismo con el estado de streaming, búferes circulares en lugar de ranuras del tamaño de la capa más larga, ¿cuántos oídos simultáneos más caben en 512 KiB de SRAM?
tiny-3-lock-quantity = Oídos de más en un módulo, por encima de los 3 de hoy

## The dials

tiny-3-knob-buffers = Estado de streaming
    .doc = Ranuras: el búfer de cada capa es tan largo como el más largo. Circular: tan largo como la capa necesita. Expulsión: circular, y un oído que duerme cede su plaza
    .choice-slots = Ranuras
    .choice-ring = Circular
    .choice-evict = Expulsión
tiny-3-knob-layers = Capas
    .doc = Profundidad: cada capa más duplica el pasado que oye la red
tiny-3-knob-active_fraction = Aislamiento activo
    .doc = Ciclo de trabajo: proporción del día en la que un detector barato deja que la red se ejecute
    .reading = { $value } del día
tiny-3-knob-state_bits = Precisión del estado
    .doc = Bits de cada número que recuerda la red; los pesos tienen 8
    .choice-4 = 4 bits
    .choice-8 = 8 bits
    .choice-16 = 16 bits
tiny-3-knob-channels = Canales
    .doc = Anchura: los pesos crecen con su cuadrado; el estado, en proporción
tiny-3-knob-batch_window = Ventana de batch
    .doc = Cuánto espera la pasarela antes de calcular un batch, como en la parte 1

## The lights

tiny-3-target-ears = Oídos en un módulo
tiny-3-target-energy = Potencia de la pasarela por oído
tiny-3-target-echo = P99 de oído a oído
tiny-3-target-ear = Potencia media en el oído
tiny-3-target-isolation = Aislamiento activo

## What breaks down

tiny-3-failure-memory = Sin memoria antes del primer oído
    .message = Los pesos, el área temporal y el estado de un solo oído superan los 512 KiB. El módulo no atiende a nadie.
tiny-3-failure-overload = La cola crece sin fin
    .message = En la SRAM caben más oídos de los que el módulo puede calcular: el muro era la memoria, y ahora es el tiempo.
tiny-3-failure-hiss = La red olvida a pasos gruesos
    .message = Un estado de 4 bits tiene un ruido propio solo 26 dB por debajo de él; 40 dB es lo mínimo que aceptamos. Atraviesa la máscara, y quien lleva el audífono oye un siseo en cada pausa.
tiny-3-failure-past = Su pasado es demasiado corto
    .message = La red oye menos de medio segundo del pasado. No distingue una voz de un ruido que va y viene, así que corta sílabas.
tiny-3-failure-small = La red es demasiado pequeña
    .message = Quedan menos de 55 000 pesos. Este laboratorio no modela lo bien que aísla una red, así que en su lugar vale el mínimo del equipo de acústica.
tiny-3-failure-wake = Se despierta sordo
    .message = Un oído que cedió su plaza despierta con un pasado vacío y necesita más de 0,6 s para llenarlo. Para entonces una palabra ya ha acabado.

## The challenges

tiny-3-challenge-ring = Solo con los búferes, haz que en la misma memoria quepa el triple de oídos.
    .done = { $ears }, a { $power_per_ear_w } cada uno: un búfer tan largo como pide la capa más larga está casi vacío en las demás.
tiny-3-challenge-bits = Solo con los bits del estado, haz que quepa el doble de oídos, y sin siseo.
    .done = { $ears } a { $power_per_ear_w } cada uno: la mitad de bits, la mitad de memoria, y nadie lo oye.
tiny-3-challenge-walls = Rómpelo de tres maneras.
    .done = Muy pocos bits sisean, muy pocas capas olvidan o saben demasiado poco, y demasiadas no dejan sitio ni para un oído.

## The reflection

tiny-3-reflection-voice = El CFO
tiny-3-reflection-question = Pedí la mitad del coste por usuario, sin que empeorara el eco. ¿Qué memoria recuperaste, y qué pagó por ello quien lleva el audífono? Tu caso: el próximo módulo tiene el doble de SRAM. ¿La gastas en oídos, en capas o en bits?
tiny-3-defence-voice = La bitácora
tiny-3-defence-question = Defiende tu estrategia final de servicio de la flota. ¿Diste prioridad al throughput (batching en la pasarela) o a la capacidad de respuesta (sin ninguna ventana)? Justifica cómo resolviste el problema de la cola de la distribución a gran escala (Tail at Scale), y di con honestidad qué contiene y qué no contiene tu milivatio en el oído.

## Sources

tiny-3-source-1 = Memoria reservada para lo más largo: Kwon et al., Efficient Memory Management for Large Language Model Serving with PagedAttention, SOSP 2023
tiny-3-source-2 = Convoluciones dilatadas causales: van den Oord et al., WaveNet, 2016; para la voz, Luo y Mesgarani, Conv-TasNet, 2019
tiny-3-source-3 = 512 KB de RAM: Nordic Semiconductor, nRF5340 product brief
tiny-3-source-4 = Ruido de b bits, 6,02 b + 1,76 dB: Bennett, Spectra of quantized signals, Bell System Technical Journal 27, 1948
tiny-3-source-5 = Redes lo bastante pequeñas para un audífono: Fedorov et al., TinyLSTMs, Interspeech 2020
