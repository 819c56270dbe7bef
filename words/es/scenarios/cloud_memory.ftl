# Cloud Titan, part 3. First the allocators, as in "with the contiguous allocator".
cloud-memory-contiguous = contiguo
cloud-memory-power-of-two = de potencias de dos
cloud-memory-paged = paginado
# What memory is taken by, and what a user pays for.
cloud-memory-model = Modelo
cloud-memory-tokens = Estados de tokens
cloud-memory-none = Sin tokens
cloud-memory-engine = Motor
cloud-memory-weights = Pesos
cloud-memory-draft = Modelo borrador
cloud-memory-held = Retenida, sin tokens
cloud-memory-budget = Memoria ocupada en dos H100
cloud-memory-axis = Memoria
cloud-memory-source = Kwon et al., PagedAttention (2023), para los estados de la caché
# The film shows a slice of one replica of four; $batch is the mean of the whole replica.
cloud-memory-film = La película muestra el { $share } de la caché de una réplica; la réplica entera lleva { $batch } peticiones.
# What the dials mean at the present setting.
cloud-memory-token-share = el { $share } de la caché contiene tokens
cloud-memory-no-effect = sin efecto: todo está reservado
cloud-memory-preemptions = { $each } desalojos por respuesta
cloud-memory-nobody = sin efecto: caben todas y no se expulsa ninguna
cloud-memory-batch = { $batch } respuestas a la vez en cada réplica
cloud-memory-speedup = { $tokens } tokens por paso; aceleración de { $factor } con un batch de { $batch }
cloud-memory-no-draft = no: solo el modelo de 70B
cloud-memory-truth = Con reserva hasta el final, en { $memory } caben { $reserved } usuarios y contiene tokens el { $reserved_full }; con páginas caben { $paged } y los contiene el { $paged_full }. En tus GPU eso devuelve el { $back } de la HBM.
