# Sharding the Heavyweight: the words of missions/tiny/part_2.toml

## The part

tiny-2-title = Sharding del peso pesado
tiny-2-stakeholder-role = Directora de Acústica

## The prediction

tiny-2-lock-question = ¿El paralelismo de tensores (sharding de los pesos entre los dos oídos) reduce la latencia de una sola petición más que el paralelismo de pipeline (las primeras capas en el oído, las demás en la pasarela)?
tiny-2-lock-quantity = De oído a oído con paralelismo de tensores entre los dos oídos, como múltiplo de lo que hay con un pipeline de oído y pasarela, con el intervalo de LE Audio, de 7,5 ms
tiny-2-lock-option-half = Sí, a la mitad
    .detail = Dos oídos hacen el trabajo de uno en la mitad de tiempo.
tiny-2-lock-option-same = Los dos igual
    .detail = Lo que se gana en cómputo se pierde en comunicación.
tiny-2-lock-option-twice = No, lo duplica
    .detail = Dos oídos tienen que ponerse de acuerdo, como el oído y la pasarela.
tiny-2-lock-option-several = No, tarda varias veces más
    .detail = Tienen que ponerse de acuerdo después de cada capa, y cada vez esperan al siguiente intervalo de la radio.

## The dials

tiny-2-knob-cut = Etapas en el oído
    .doc = El corte del pipeline: 0 envía audio a la pasarela, 1 ejecuta el banco de filtros en el oído, 7 toda la red
    .reading = { $value } de 7
tiny-2-knob-tensor_parallel_size = Oídos que comparten una capa
    .doc = Paralelismo de tensores: cada oído tiene la mitad de los pesos de cada capa, y suman sus resultados
tiny-2-knob-radio_interval = Intervalo de la radio
    .doc = Tiempo entre dos despertares de la radio del oído; lo que pierde uno espera al siguiente
tiny-2-knob-continuous_batching = Batching continuo
    .doc = Activado: la pasarela toma a quien espera en cuanto queda libre. Desactivado: espera la ventana de la parte 1, de 3 ms

## The lights

tiny-2-target-echo = P99 de oído a oído
tiny-2-target-ear = Potencia media en el oído
tiny-2-target-gateway = Potencia de la pasarela

## The log of deployments

tiny-2-log-delay_p99_s = De oído a oído
tiny-2-log-ear_power_w = Oído
tiny-2-log-gateway_power_w = Pasarela
tiny-2-log-air_share = Radio en el aire
    .reading = { $value } de su intervalo

## What breaks down

tiny-2-failure-air = La radio está llena
    .message = Lo que tiene que cruzar en un intervalo no cabe en él, junto con el despertar de 0,25 ms que lleva cada intervalo. Las ventanas de sonido se acumulan, así que el retardo crece sin fin.
tiny-2-failure-echo = Quien lo lleva oye un eco
    .message = Entre el sonido y su copia aislada hay más de 20 ms, el doble del límite: quien lleva el audífono oye los dos.
tiny-2-failure-hot = El oído se calienta
    .message = El oído consume el triple de su milivatio o más, de media al día. Su batería no llega al mediodía.

tiny-2-failure-battery = La pasarela no aguanta el día
    .message = La pasarela consume más de 1 W, de modo que su batería de 15 Wh se agota en menos de 15 horas. Cada arranque de su acelerador cuesta 1 mJ, para una petición igual que para 64, y arranca para unas pocas peticiones cada vez.

## The challenges

tiny-2-challenge-meet = Quítale cuatro décimas al retardo y a la potencia de un oído, a la vez.
    .done = El retardo es { $delay_p99_s } y un oído consume { $ear_power_w }: los oídos que no comparten capas no tienen que esperar el uno a la radio del otro.
tiny-2-challenge-alone = Prescinde del aire por completo.
    .done = Sin radio, y { $delay_p99_s }; pero un oído consume { $ear_power_w }, y su pila se agota antes de que acabe el día.
tiny-2-challenge-walls = Rómpelo de cuatro maneras.
    .done = Aire, eco, calor y batería: cuatro presupuestos que un mismo reparto tiene que respetar a la vez.

## The reflection

tiny-2-reflection-voice = Jeff Dean
tiny-2-reflection-question = Tu estrategia de sharding es rápida, pero tu ancho de banda de bisección, una sola radio, está saturado. Propón una optimización Weight-Gather, que reúna los pesos, para reducir el impuesto de la red: ¿qué debería quedarse donde está, y qué debería cruzar? Tu caso: una radio nueva despierta cada 0,1 ms. ¿Comparten ahora sus capas dos oídos?

## Sources

tiny-2-source-1 = Paralelismo de tensores, dos all-reduce por capa: Shoeybi et al., Megatron-LM, 2019
tiny-2-source-2 = Mejora de la voz en el oído, 71,6 mW, 5,54 ms para fragmentos de 6 ms: Itani et al., Wireless Hearables With Programmable Speech AI Accelerators, 2025
tiny-2-source-3 = Intervalos isócronos de 7,5 y 10 ms: Bluetooth Core Specification 5.2 y Basic Audio Profile; Shorter Connection Intervals, de solo 0,375 ms: Bluetooth Core Specification 6.2, 2025
tiny-2-source-4 = Dónde cortar una red entre dispositivo y servidor: Kang et al., Neurosurgeon, ASPLOS 2017
