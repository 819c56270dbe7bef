# Sharding the Heavyweight: the words of missions/edge/part_2.toml

## The part

edge-2-title = Sharding del peso pesado
edge-2-stakeholder-role = Responsable de costes del vehículo

## The prediction

edge-2-lock-question = ¿El paralelismo de tensores (sharding de los pesos) reduce la latencia de un solo fotograma más que el paralelismo de pipeline (sharding de las capas)?
edge-2-lock-quantity = Latencia de un fotograma a solas repartido por tensores, como múltiplo de la que tiene por etapas
edge-2-lock-option-half = Sí, a la mitad
    .detail = Tres motores trabajan a la vez en cada capa; las etapas se esperan unas a otras.
edge-2-lock-option-same = Los dos igual
    .detail = Los mismos tres motores hacen las mismas operaciones.
edge-2-lock-option-some = No, tarda la mitad más
    .detail = Dos aceleradores son lentos y tienen que ponerse de acuerdo con la GPU después de cada capa.
edge-2-lock-option-fourfold = No, tarda alrededor del quíntuple
    .detail = Ponerse de acuerdo cuesta más que la propia capa.

## The dials

edge-2-knob-split = Reparto
    .doc = Entero: todo en la GPU. Tensores: cada capa en los tres motores. Etapas: cada motor tiene sus propios submodelos
    .choice-whole = Entero
    .choice-tensor = Tensores
    .choice-stages = Etapas
edge-2-knob-gpu_models = Submodelos en la GPU
    .doc = Por etapas: cuántos de los diez ejecuta la GPU antes del traspaso; los dos aceleradores se reparten los demás
edge-2-knob-fused_layers = Capas fusionadas
    .doc = Capas cuyas activaciones no salen del motor; lo que se solapa entre teselas se calcula dos veces
edge-2-knob-batch = Fotogramas por batch
    .doc = Fotogramas que aprovechan una misma lectura de los pesos; el primero espera al último
edge-2-knob-sync = Arranque de un traspaso
    .doc = Tiempo que tardan dos motores en ponerse de acuerdo, aparte de los bytes: mediante el controlador o mediante un indicador compartido

## The lights

edge-2-target-frame = Del fotograma al resultado
edge-2-target-busiest = Motor más ocupado
    .reading = { $value } del tiempo
edge-2-target-dram = Ancho de banda de la DRAM
    .reading = { $value } en uso

## The log of deployments

edge-2-log-frame_s = Fotograma
edge-2-log-interval_s = Intervalo
edge-2-log-frames_per_s = Throughput
edge-2-log-dram_bytes_per_s = DRAM

## What breaks down

edge-2-failure-overload = El motor más ocupado no da abasto
    .message = Llegan 480 fotogramas por segundo, uno cada 2,1 ms, y un motor necesita más que eso para su parte. Con cada fotograma se rezaga en la diferencia.
edge-2-failure-bandwidth = La DRAM está saturada
    .message = Los motores juntos piden más bytes por segundo de los que da la memoria. Es el único cable entre ellos, y todos se frenan por igual.
edge-2-failure-deadline = Demasiado tarde para el bucle
    .message = Incluso sin un parón, un fotograma tarda más que los 10 ms del bucle desde la cámara hasta el último resultado.

## The challenges

edge-2-challenge-exchange = Despliega un reparto que tenga su motor más ocupado trabajando más del doble de tiempo que al principio.
    .done = El motor más ocupado necesitaría el { $busiest } de su tiempo: las partes de una capa tienen que reunirse después de cada capa.
edge-2-challenge-memory = Reduce en una quinta parte lo que se lee de la memoria.
    .done = La memoria está ocupada al { $dram_share }: las capas fusionadas se pasan sus características sin dar el rodeo por ella. El motor más ocupado necesita el { $busiest } de su tiempo.
edge-2-challenge-walls = Rómpelo de tres maneras.
    .done = Se puede desbordar un motor, se puede desbordar la memoria y un fotograma puede llegar tarde aunque nada se desborde.

## The reflection

edge-2-reflection-voice = Jeff Dean
edge-2-reflection-question = Tu estrategia de sharding es rápida, pero la memoria que comparten todos tus motores está llena en sus tres cuartas partes, y cuatro quintas partes de su tráfico son pesos. Propón una optimización Weight-Gather, que reúna los pesos, para reducir el impuesto de la red. ¿Qué le costaría a un bucle de 10 ms? Tu caso: la DRAM del próximo chip es el doble de rápida, con los mismos motores. ¿Sigues compartiendo una lectura de los pesos?

## Sources

edge-2-source-1 = El chip: NVIDIA Jetson AGX Orin Series, informe técnico y hoja de datos
edge-2-source-2 = Las etapas y sus burbujas: Huang et al., GPipe: Efficient Training of Giant Neural Networks using Pipeline Parallelism, NeurIPS 2019
edge-2-source-3 = Activaciones que no salen del chip: Alwani, Chen, Ferdman y Milder, Fused-Layer CNN Accelerators, MICRO 2016
edge-2-source-4 = Pesos que se reúnen: Pope et al., Efficiently Scaling Transformer Inference, MLSys 2023
