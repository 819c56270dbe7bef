# Words of the track Cloud Titan
cloud-name = Cloud Titan
cloud-persona = LLM Architect
cloud-serves = Llama-3-70B chat on eight H100s
cloud-north-star = Throughput within the SLA
cloud-crisis-title = The KV-cache wall
cloud-crisis = The H100s sit at 20% utilization, and yet they run out of memory.
