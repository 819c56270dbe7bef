# Words of the track Edge Guardian
edge-name = Edge Guardian
edge-persona = Responsable de sistemas de conducción autónoma
edge-serves = Diez submodelos de percepción en un bucle de seguridad de { $limit-1-loop } en el ordenador de un coche
edge-north-star = P99.9 del bucle: como mucho { $limit-1-loop }
edge-crisis-title = La cola del más lento
edge-crisis = Cada uno de los diez submodelos cumple sus { $limit-1-loop }, y el bucle que espera al más lento, no.
edge-honest-note = Los tiempos, los parones y las formas de los submodelos son supuestos de un tamaño verosímil, no mediciones de un coche. Aquí los plazos son estadísticos; los sistemas de tiempo real certificados acotan, en cambio, el peor caso.
