# What the open bench says of itself.

bench-paste-first = Pega abajo el config.json de un modelo o elige uno de la lista.
bench-drop = { $awaited ->
    [yes] Este enlace se hizo con una traza que no forma parte de él: elige abajo el mismo archivo.
   *[no] Elige abajo una traza: un archivo CSV, o un objeto JSON por línea. No sale de este ordenador.
}
bench-other-trace = Esta no es la traza con la que se hizo el enlace, así que sus cifras son otras.
bench-reading = { $lines ->
    [one] { $lines } línea leída
   *[other] { $lines } líneas leídas
}
# $form is whose columns they are
bench-read = { $lines ->
    [one] Se leyó { $lines } línea
   *[other] Se leyeron { $lines } líneas
}, con { $form ->
    [azure] las columnas de Azure
    [burstgpt] las columnas de BurstGPT
    [mooncake] los campos de Mooncake
   *[named] las columnas indicadas
}.
bench-search-none-yet = { $done } de { $total } configuraciones: por ahora ninguna cumple el SLO.
bench-search-best = { $done } de { $total } configuraciones: la más barata que cumple el SLO cuesta { $price } la hora.
