# The page of the open bench, "Your Fleet", and the ways to it

start-fleet = Tu flota
start-fleet-about = Un banco abierto, sin predicción: tu modelo, tus aceleradores, tu tráfico, tus límites.
part-to-fleet = Seguir con una flota propia

bench-page-title = Tu flota · { site-name }
bench-page-heading = Tu flota
bench-page-lead = ¿Llevará este modelo, con esos aceleradores, tu tráfico dentro de tus límites? ¿Y cuál es la flota más barata que lo logra? Todo se calcula en esta página; nada se sube a ningún sitio.
bench-page-fleet = La flota
bench-page-second = Flota B
bench-page-own = Un modelo propio
bench-page-config = El config.json del modelo, de Hugging Face
bench-page-config-take = Usar este modelo
bench-page-compare = Comparar con una segunda flota con el mismo tráfico
bench-page-traffic = El tráfico
bench-page-trace = Una traza propia: elige un archivo o suéltalo aquí
bench-page-columns = Solo si las columnas son otras: los nombres de tiempo (en s), tokens de entrada y tokens de salida, separados por comas
bench-page-reading = Lectura de la traza
bench-page-slo = Los límites
bench-page-figures = Cifras
bench-page-to-answer = A la respuesta
bench-page-verdict = La respuesta en una frase
bench-page-course = P99 hasta el primer token a lo largo de la traza
bench-page-distribution = Todos los tiempos, como distribuciones
bench-page-frontier = Lo que ha probado la búsqueda: precio frente a P99
bench-page-search = La más barata que lo logra
bench-page-search-about = Prueba cada reparto, número de réplicas, grupo de prefill y acelerador de la lista con este modelo, este motor y este tipo de pesos: primero por fórmula y luego con una simulación de 1000 peticiones del tráfico. Se omite una flota que cueste más del doble que la más barata encontrada.
bench-page-found = Flotas que ha probado la búsqueda
bench-page-search-act = Buscar
bench-page-search-stop = Parar
bench-page-take = Para llevar
bench-page-figure = Figura
bench-page-python = Python que da las mismas cifras
bench-page-commands = Líneas de órdenes para vLLM, SGLang y TensorRT-LLM
bench-page-commands-about = De una sola réplica. Tómalas como punto de partida: las opciones cambian de una versión a otra.
bench-page-png = PNG
bench-page-svg = SVG
