# Words of the track Tiny Pioneer
tiny-name = Tiny Pioneer
tiny-persona = Responsable de audífonos
tiny-serves = Aislamiento neuronal del ruido para una flota de audífonos y su pasarela
tiny-north-star = Menos de { $limit-1-echo } de oído a oído, menos de { $limit-1-ear } en el oído
tiny-crisis-title = El balancín de potencia y latencia
tiny-crisis = Los batches más grandes ahorran potencia en la pasarela y añaden 50 ms: quien lleva el audífono oye un eco.
tiny-honest-note = Un milivatio es lo que cuesta estar a la escucha de una palabra. Un audífono neuronal publicado que aísla la voz en el oído consume 71,6 mW, así que la misión solo se puede cumplir como media del día y con la red en otro sitio.
