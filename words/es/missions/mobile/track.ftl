# Words of the track Mobile Nomad
mobile-name = Mobile Nomad
mobile-persona = Responsable de desarrollo de gafas de RA
mobile-serves = Traducción en RA a 60 fotogramas por segundo: gafas con una flota de nodos edge en una malla Wi-Fi 6
mobile-north-star = { $limit-1-mean } por fotograma, tirones en menos del { $limit-1-stutter } de los fotogramas
mobile-crisis-title = El jitter de la descarga
mobile-crisis = El fotograma medio llega a tiempo y, aun así, hay tirones: la latencia de arranque α de la malla varía.
mobile-honest-note = La calidad de la malla decide qué se puede prometer siquiera. Wi-Fi 6, medido, mantiene el P99 por debajo de 10 ms en un canal limpio de 80 MHz; una malla doméstica medida tiene un P99 de unos 90 ms. En la segunda, ninguna ventana, ningún corte ni ningún borrador de esta ruta baja los tirones del 1 %.
