edge-sharding-budget = Tráfico de la DRAM
edge-sharding-traffic = Tráfico
edge-sharding-weights = Pesos
edge-sharding-activations = Activaciones
edge-sharding-hand-offs = Traspasos
edge-sharding-busiest = el motor más ocupado trabaja el { $share } del tiempo
edge-sharding-outrun = los fotogramas llegan más deprisa de lo que puede trabajar
edge-sharding-whole = sin efecto: los diez están en la GPU
edge-sharding-shared = los tres motores comparten cada capa
edge-sharding-placed = { $gpu } en la GPU, el { $operations } de las operaciones; luego { $one } y { $two } en los aceleradores
edge-sharding-dram = la DRAM está ocupada el { $share } del tiempo
edge-sharding-alone = cada fotograma por separado
edge-sharding-gathering = el primero espera { $wait } a los demás
edge-sharding-syncs = { $syncs ->
    [0] sin traspasos
    [one] { $syncs } traspaso por batch: { $takes }
   *[other] { $syncs } traspasos por batch: { $takes }
}
edge-sharding-truth = Un fotograma a solas tarda { $gpu } en la GPU sola, { $stages } en etapas y { $split } repartido por tensores, de los que { $handoffs } son traspasos. Aquí ninguna forma de sharding acelera un fotograma.
# Of a draft, before it runs.
edge-sharding-known = Usa { $used } de { $there } motores.
