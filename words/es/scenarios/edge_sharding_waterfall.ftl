# What Edge Guardian, part 2 shows in its waterfall.
edge-sharding-first = Del fotograma al resultado
    .short = Fotograma
edge-sharding-second = De fotograma a fotograma, motor más ocupado
    .short = Intervalo
edge-sharding-waterfall = Un fotograma tarda { $first }, { $verdict ->
    [within] dentro
   *[beyond] fuera
} del límite de { $limit }, con { $first_cause } como causa principal; el motor más ocupado necesita { $second } para cada uno, con { $second_cause } como causa principal.
edge-sharding-waterfall-overloaded = { $pace ->
    [finite] Los fotogramas llegan más deprisa de lo que puede trabajar el motor más ocupado, así que la cola crece sin fin; el motor más ocupado necesita { $second } para cada uno, con { $second_cause } como causa principal.
   *[endless] Los fotogramas llegan más deprisa de lo que puede trabajar el motor más ocupado, así que la cola crece sin fin.
}
