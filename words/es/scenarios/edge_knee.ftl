edge-knee-one-call = una llamada
edge-knee-slowest = la más lenta de { $calls }
edge-knee-with-copies = segundas copias
edge-knee-busy = los motores están ocupados el { $share } del tiempo
edge-knee-window = { $frames } fotogramas por llamada; quedan { $left }
edge-knee-together = juntas, { $rate }
# What the figure marks as the knee; $share is of the capacity.
edge-knee-note = El codo está en { $rate }, el { $share } de la capacidad: antes, la cola de la distribución apenas se mueve; después, un 1 % más de carga cuesta más de un 1 % de P99.9.
edge-knee-truth = Con una sola copia y sin ventana, el P99.9 del bucle es { $idle } al 10 % de la capacidad, { $low } al 45 % y { $high } al 90 %. Del 45 % al 90 %, los bucles que incumplen el plazo de { $deadline } son { $times } más: { $late_low } frente a { $late_high }.

# For how many calls a second copy is sent.
edge-copies-never = no se envía nunca: no podría responder a tiempo
edge-copies-outrun = para cada vez más llamadas
edge-copies-sent = para el { $share } de las llamadas
