# How far to trust the models: the paragraphs of labpy/models/data/trust.toml that stand in a Math
# Peek. $standing says what a paragraph rests on.
trust-title = Hasta dónde fiarse de esto: { $family }
trust-standing = { $standing ->
    [exact] Exacto bajo estos supuestos
    [measured] Contrastado con mediciones de otros
    [simulated] Contrastado con una simulación
   *[assumed] La forma se conoce; sus constantes son supuestos
}
trust-batching = Un servidor que reúne peticiones durante una ventana y las atiende de una vez, en un tiempo que crece en línea recta con su número. La cadena que hay detrás es exacta para un servidor; lo que queda sin atender tras un envío se aproxima. La mediana y el P99 están a menos del 10 % de la simulación hasta una carga de 0,9; con varios servidores se simula directamente.
    .name = servidores que trabajan en batches
trust-open-loop = La latencia con llegadas de Poisson, por procesador compartido con un batch limitado; contrastada con simulate_serving con los mismos tiempos de paso, así que los errores de estos se suman. Vale sobre todo donde los prompts son una parte pequeña del trabajo; el campo que dice si un punto es fiable marca dónde no lo es: ahí, simula. Las llegadas reales vienen más en ráfagas que las de Poisson, y las colas de su distribución son más largas.
    .name = bucle abierto
trust-steps = Un roofline que lee los pesos y la caché, calcula, y suma los all-reduce y un overhead fijo por cada capa. Sus pocas constantes se ajustan a la vez a las pruebas medidas de un modelo, un motor y un acelerador, ninguna a una sola fila; docs/validation.md da los errores por tipo de fila. No sabe de kernels: una forma que un motor sirve mal parece tan buena como sus vecinas.
    .name = prefill y decode
trust-closed-loop = Lo que comunica un benchmark con tantos clientes: medias, con prompts que empiezan todos a la vez. Es la función que se contrasta con filas medidas (docs/validation.md, por motor, modelo y forma). Lo más débil son las cachés tan llenas que hay peticiones desalojadas, la ráfaga inicial de muchos prompts largos y los motores cuyas constantes se tomaron de otro.
    .name = bucle cerrado
trust-network = Un mensaje tarda un tiempo de arranque más sus bytes divididos por el ancho de banda; las operaciones colectivas suman mensajes así. Las constantes reproducen medianas medidas en ocho H100 con un error de un pequeño porcentaje. Son para una red desocupada: sin congestión, sin rezagados y sin solaparse con el cálculo. El tiempo de arranque cambia hasta diez veces de una biblioteca a otra en las mismas máquinas, así que trátalo como un mando.
    .name = red
trust-kv-cache = Los bytes de un token son aritmética, exacta para los modelos del registro. Las proporciones de la memoria que guardan tokens quedan a menos de 5 puntos de las del artículo de PagedAttention para cuatro asignadores, con una sola constante ajustada: la dispersión de las longitudes de salida. De las longitudes del artículo solo se conocen las medias: que sean log-normales es una conjetura, y las largas deciden a quién se desaloja.
    .name = caché KV
trust-speculation = Los tokens esperados y las aceleraciones son las fórmulas del artículo, exactas si cada token del borrador se acepta con la misma probabilidad, sin importar lo anterior. La aceptación real varía con el texto: los pasajes fáciles ganan más, los difíciles pierden. El paso que tiene en cuenta el batch añade lo que cuesta verificar, con el mismo roofline que el servicio, y hereda sus errores.
    .name = decodificación especulativa
trust-tails-under-load = Las segundas copias vuelven a las colas a las que se envían, en el límite de un grupo grande. El P99 está a menos del 10 % del de un grupo simulado de 30 servidores hasta una carga de 0,9, copias incluidas. Cerca del punto donde las copias engendran copias, un grupo pequeño va peor que la fórmula, y el borde mismo es cuestión de suerte.
    .name = peticiones de respaldo con carga
trust-edge-chip = Operaciones divididas por velocidad, bytes por una DRAM que comparten todos los motores y un traspaso fijo. Los máximos son los del fabricante; las proporciones que se alcanzan de ellos son supuestos, y uno solo para todas las capas. Qué reparto gana es más seguro que por cuánto, pues las capas reales alcanzan proporciones muy distintas del máximo.
    .name = chips con varios motores
trust-streams = Los bytes de las capas, las cachés y las características guardadas se cuentan, exactos, a partir de las formas dadas. Es lo mínimo que debe caber: los asignadores, la alineación y los propios búferes de un entorno de ejecución se suman aparte. Cuánta exactitud se pierde con el estado que se tira no está modelado en absoluto.
    .name = estado de los flujos
