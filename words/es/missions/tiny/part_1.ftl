# The Throughput Knee: the words of missions/tiny/part_1.toml

## The part

tiny-1-title = El codo del throughput
tiny-1-stakeholder-role = Directora de Acústica

## The prediction

tiny-1-lock-question = Si subes la tasa de peticiones al 90 % de tu capacidad máxima, ¿la latencia P99 crece de forma lineal o exponencial?
tiny-1-lock-quantity = P99 de oído a oído al 90 % de la capacidad de la pasarela, como múltiplo del de los 8 audífonos de hoy, con la ventana de hoy, de 50 ms
tiny-1-lock-option-flat = Apenas crece
    .detail = La ventana es de 50 ms, sea quien sea quien esté en ella.
tiny-1-lock-option-linear = De forma lineal
    .detail = Al compás de la carga: 37 veces las peticiones, 37 veces el P99.
tiny-1-lock-option-exponential = De forma exponencial
    .detail = Cada décima parte de la capacidad la duplica: casi nueve duplicaciones.
tiny-1-lock-option-falls = Ninguna de las dos: baja
    .detail = Un batch que se llena antes sale antes.

## The dials

tiny-1-knob-hearables = Audífonos
    .doc = Oídos que atiende la pasarela; en cualquier momento, una cuarta parte está aislando
tiny-1-knob-batch_window = Ventana de batch
    .doc = Cuánto espera la pasarela, desde la primera petición, antes de calcular un batch
tiny-1-knob-payload = Por el aire
    .doc = Lo que el oído envía a la pasarela y recibe de vuelta
    .choice-audio = Audio
    .choice-lc3 = LC3
    .choice-features = Características

## The lights

tiny-1-target-echo = P99 de oído a oído
tiny-1-target-ear = Potencia media en el oído
tiny-1-target-gateway = Potencia de la pasarela
tiny-1-target-served = Oídos atendidos

## What breaks down

tiny-1-failure-echo = Quien lo lleva oye un eco
    .message = Entre el sonido y su copia aislada hay más de 20 ms, el doble del límite. Quien lleva el audífono oye los dos, y un eco de su propia voz.
tiny-1-failure-overload = La cola crece sin fin
    .message = Las ventanas de sonido llegan más deprisa de lo que la pasarela puede calcular batches llenos. Cada una espera más que la anterior, hasta que el oído no tiene nada que reproducir.
tiny-1-failure-air = El aire está lleno
    .message = Los oídos que aíslan necesitan más radios en la pasarela que las 37 que pueden estar en el aire a la vez, una por cada canal de datos de Bluetooth LE.
tiny-1-failure-ear_power = El oído se calienta
    .message = El oído consume más de 1 mW de media al día, aunque solo aísla durante una cuarta parte de él.

## The challenges

tiny-1-challenge-seesaw = Equilibra el balancín: solo con la ventana de batch, mantén el retardo por debajo de 10 ms y la pasarela por debajo de 0,6 W.
    .done = Con { $delay_p99_s } y { $gateway_power_w } están arriba los dos extremos: cada despertar cuesta energía, y cada milisegundo de espera se oye.
tiny-1-challenge-codec = Solo con lo que se envía, quítale cuatro décimas a la potencia de un oído.
    .done = Un oído consume { $ear_power_w }, y el retardo es { $delay_p99_s }: menos bytes son menos radio, pero un códec tiene que reunir una trama antes de poder enviar.
tiny-1-challenge-crowd = Llena la pasarela a más del 90 %, antes de que la cola crezca sin fin.
    .done = { $served_ears }, y un retardo de { $delay_p99_s }: los batches se llenan solos cuando llaman muchos.

## The reflection

tiny-1-reflection-voice = Patterson
tiny-1-reflection-question = ¿Por qué el 80 % de utilización es el techo práctico de un sistema que responde a tiempo? ¿Y por qué tu pasarela rompió su promesa al 2 %? Tu caso: despertar el acelerador cuesta la décima parte, 0,1 mJ. ¿Qué ventana eliges, y por qué?

## Sources

tiny-1-source-1 = Retardo que toleran quienes llevan audífonos abiertos: Stone, Moore, Meisenbacher y Derleth, Ear and Hearing 29(4), 2008
tiny-1-source-2 = Mejora de la voz en el oído, 71,6 mW: Itani et al., Wireless Hearables With Programmable Speech AI Accelerators, 2025
tiny-1-source-3 = Corrientes de la radio: Nordic Semiconductor, nRF5340 product brief; canales de datos: Bluetooth Core Specification; ajustes de LC3: Bluetooth SIG, Basic Audio Profile 1.0, tabla 3.5
tiny-1-source-4 = Los batches como cadena de Márkov: Neuts, A general class of bulk queues with Poisson input, Annals of Mathematical Statistics 38, 1967
