# Words of the track Cloud Titan
cloud-name = Cloud Titan
cloud-persona = Responsable de arquitectura de LLM
cloud-serves = Un chat con Llama-3-70B en ocho H100
cloud-north-star = Throughput dentro del SLA
cloud-crisis-title = El muro de la caché KV
cloud-crisis = Las H100 están al 20 % de utilización y, aun así, se quedan sin memoria.
