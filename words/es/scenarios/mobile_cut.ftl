mobile-cut-budget = Un fotograma en P99
mobile-cut-frame-time = Tiempo por fotograma
mobile-cut-glasses = Gafas
# α is the start-up latency of a message and its answer, β the bandwidth.
mobile-cut-start-up = Arranque α
mobile-cut-bytes = Bytes / β
mobile-cut-exchanges = Intercambios
mobile-cut-node = Nodo
mobile-cut-queues = Colas
mobile-cut-jitter = Jitter
mobile-cut-source = α + n/β por mensaje (Hockney 1994). Todas menos la última son medias; el jitter es lo que hay entre la media y el P99, de modo que el total es el P99
mobile-cut-nothing-crosses = nada cruza la malla
# $layer is where the network is cut, $size what crosses there.
mobile-cut-crosses = { $layer }: { $size }, gafas { $takes }
mobile-cut-in-a-row = nodo { $takes }, { $alphas } α seguidos
mobile-cut-on-air = { $messages } en el aire, contando los del reparto
mobile-cut-truth = Un par de gafas, con el corte antes de «{ $layer }»: { $one } por fotograma con un nodo, { $two } con cada capa repartida entre dos. El segundo nodo ahorra la mitad del cómputo del nodo y trae { $exchanges } arranques más.
# How busy the wireless channel and the node are.
mobile-busy = aire ocupado { $air }, nodo { $node }
# Of a draft, before it runs.
mobile-cut-known = { $nodes ->
    [one] { $nodes } nodo
   *[other] { $nodes } nodos
} para { $pairs } de gafas, a { $price } por hora.
