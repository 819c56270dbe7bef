# Sharding the Heavyweight: the words of missions/cloud/part_2.toml

## The part

cloud-2-title = Sharding del peso pesado
cloud-2-stakeholder-role = Directora de Chat

## The prediction

cloud-2-lock-question = ¿El paralelismo de tensores (sharding de los pesos) reduce la latencia de una sola petición más que el paralelismo de pipeline (sharding de las capas)?
cloud-2-lock-quantity = Prefill de un prompt con PP = 8, como múltiplo del de TP = 8
cloud-2-lock-option-pipeline = No, la reduce más el pipeline
    .detail = Envía las activaciones siete veces; el paralelismo de tensores las suma 160 veces.
cloud-2-lock-option-same = Los dos igual
    .detail = En ambos casos, ocho GPU se reparten el mismo trabajo.
cloud-2-lock-option-some = Sí, unas tres veces
    .detail = Las ocho GPU trabajan en cada capa, pero tienen que sumar después de cada una.
cloud-2-lock-option-eightfold = Sí, ocho veces
    .detail = Ocho GPU dividen el trabajo por ocho, y un pipeline no lo divide en absoluto.

## The dials

cloud-2-knob-tensor_parallel_size = Grado de TP
    .doc = GPU que comparten las matrices de cada capa; suman sus resultados dos veces por capa
cloud-2-knob-pipeline_parallel_size = Grado de PP
    .doc = Etapas en las que se cortan las capas; una petición las recorre una tras otra
cloud-2-knob-continuous_batching = Batching continuo
    .doc = Sí: una petición entra en el batch o sale de él después de cualquier token. No: un batch sigue junto hasta su final
cloud-2-knob-weight_dtype = Precisión de los pesos
    .doc = Bits de un peso: en este formato se leen, se guardan en memoria y se multiplican
    .choice-fp8 = FP8
    .choice-bf16 = BF16
cloud-2-knob-link = Enlace
    .doc = Lo que conecta las ocho GPU
    .choice-nvlink4 = NVLink 4
    .choice-pcie5 = PCIe 5

## The lights

cloud-2-target-first_token = Mediana hasta el primer token
cloud-2-target-pace = Mediana por token
cloud-2-target-cost = Coste por millón de tokens

## The log of deployments

cloud-2-log-ttft_p50_s = TTFT
cloud-2-log-tpot_p50_s = TPOT
cloud-2-log-output_tokens_per_s = Throughput
cloud-2-log-cost_per_million_usd = Coste por millón de tokens

## What breaks down

cloud-2-failure-gpus = No hay tantas GPU
    .message = Una copia del modelo ocupa TP × PP GPU. Son más que las ocho que tienes, así que no se despliega nada.
cloud-2-failure-memory = Sin memoria antes de la primera petición
    .message = En BF16 los pesos ocupan 141 GB. Una H100 ofrece al motor 74 GB, para los pesos y la caché KV juntos.
cloud-2-failure-overload = La cola crece sin fin
    .message = Cada segundo llegan quince peticiones, y este reparto no puede acabar quince: cada una espera detrás de una fila más larga que la anterior.

## The challenges

cloud-2-challenge-halve = Despliega un reparto cuyos tokens tarden como mucho el 60 % de lo que tardan al principio.
    .done = Un token tarda { $tpot_p50_s } con { $gpus } GPU: todas leen a la vez su parte de cada capa.
cloud-2-challenge-pipe = Usa las ocho GPU y haz que, aun así, cada token tarde la mitad más que al principio.
    .done = Ocho GPU, y un token tarda { $tpot_p50_s }: recorre las etapas una tras otra, así que más GPU se reparten el trabajo sin acortarle el camino.
cloud-2-challenge-misfit = Rómpelo de dos maneras: despliega dos repartos que fallen por razones distintas.
    .done = Dos muros de estos tres: lo que cabe en una GPU, lo que tiene el nodo o lo que el reparto puede atender sin rezagarse.

## The reflection

cloud-2-reflection-voice = Jeff Dean
cloud-2-reflection-question = Tu estrategia de sharding es rápida, pero tu ancho de banda de bisección está saturado al 100 %. Propón una optimización Weight-Gather, que reúna los pesos, para reducir el impuesto de la red. Tu caso: por la noche la misma flota lee documentos de 16 000 tokens. ¿Los reúnes ahora, y qué lo decide?

## Sources

cloud-2-source-1 = Paralelismo de tensores, dos all-reduce por capa: Shoeybi et al., Megatron-LM, 2019
cloud-2-source-2 = Burbujas del pipeline: Huang et al., GPipe, NeurIPS 2019
cloud-2-source-3 = Pesos fijos frente a pesos reunidos: Pope et al., Efficiently Scaling Transformer Inference, MLSys 2023
cloud-2-source-4 = El ejemplo de los 400 ms: Machine Learning Systems, volumen 2, Inference at Scale, Tensor parallelism for Llama-70B
