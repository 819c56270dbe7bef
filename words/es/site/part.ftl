# The page of a part, and the ledger at its foot.

deploy-act = Desplegar
deploy-left-at-start = Quedan { $all } de { $all }
deploy-restart = Reiniciar la parte
deploy-note = Los mandos hacen un borrador. Solo cuenta lo que despliegas, y tienes { $all } despliegues.
deploy-table = Despliegues
instrument-simulate = Simular
instrument-math-of = Un vistazo a las fórmulas: { $instrument }
instrument-math = Un vistazo a las fórmulas
instrument-table = Tabla
instrument-menu = Más
instrument-menu-of = Más sobre { $instrument }
instrument-table-of = { $instrument }, tabla
ledger-page-title = Tu bitácora
ledger-page-about = Predicciones, ajustes, resultados y reflexiones. Expórtala para entregarla o para seguir en otro lugar.
ledger-page-export = Exportar
ledger-page-open = Sin empezar
ledger-page-all = Todo lo que está registrado
ledger-page-name = Nombre o ID, para entregar
ledger-page-name-about = Opcional; de una pareja, ambos. Va en cada archivo que exportes y en su nombre.
ledger-page-export-json = Exportar JSON
ledger-page-export-now = Exportar una copia
ledger-page-print = Imprimir
ledger-page-import = Importar una bitácora (JSON)
ledger-page-new = Bitácora nueva
ledger-page-text-of = El texto del archivo:
ledger-page-copy = Copiar
ledger-page-save = Guardar como archivo
ledger-page-close = Cerrar
ledger-page-aside = Apartado
ledger-page-about-kept = Se guarda solo en este navegador; en un ordenador compartido, empieza una nueva para cada estudiante.
ledger-page-about-week = Safari, y cualquier navegador en un iPhone o iPad, borra lo que guarda un sitio tras siete días de uso sin visitarlo: antes de una pausa más larga, expórtala como JSON.
step-briefing = Encargo
step-lock = Predice
step-workbench = Explora
step-reveal = Desenlace
step-reflect = Reflexiona
step-checkpoint = Guarda
part-steps = Pasos de la parte { $number }
part-kicker = Parte { $number }
part-dials = Qué significan los mandos
part-lock-act = Fijar mi predicción
part-lock-hint = Después no se puede cambiar, y abre el banco de trabajo.
part-locked = Fijada:
part-find-out = Ahora averígualo en el banco de trabajo
part-workbench = El banco de trabajo
part-veil = Se abre cuando [tu predicción]({ $address }) está fijada: lo que se aventura primero es lo que hace que la respuesta se recuerde.
part-dials-group = Mandos
part-advanced = Mandos avanzados
part-targets = Objetivos
part-not-measured = Sin medir
# Under a light, for who can’t see what lights up with it.
part-moved-by = Lo mueven: { $dials }.
part-dial-in-hand = Mando en uso
part-about-dial = Sobre { $dial }
part-instruments = Instrumentos
part-evidence = Lo que tu bitácora dice de esto
verdict-met = Todos los objetivos cumplidos.
verdict-to-reveal = Ver el desenlace
verdict-more = Por qué
part-copy-link = Copiar un enlace a este ajuste
part-reveal = El desenlace
part-reveal-wait = Se abre cuando tu predicción está fijada.
part-reveal-act = Muéstrame cuánto me desvié
part-invariant = El invariante del servicio: latencia P99 frente a eficiencia de throughput. Lo que una flota gana en una lo paga con la otra.
part-sources = Fuentes
part-asks = { $voice } pregunta:
part-demands = { $voice }:
part-checkpoint = Punto de control
part-checkpoint-about = Escribe tus ajustes, sus resultados y tu respuesta en la bitácora de abajo.
part-save = Guardar en mi bitácora
part-minutes = { $minutes } minutos
essay-saved = Se guarda mientras escribes.

## The lock
part-cards = La cifra de cada tarjeta es lo que predice: { $quantity }.
part-choose-first = Elige primero una de las { $options }.
part-sure = ¿Con cuánta seguridad?
part-sure-unsaid = Prefiero no decirlo
part-sure-guess = Es una conjetura
part-sure-fairly = Bastante
part-sure-certain = Total
part-why = ¿Por qué? Una línea, si quieres
# $lowest and $step have no unit, $highest has.
part-number-first = Da un número de { $lowest } a { $highest }, en pasos de { $step }.
part-bounds = De { $lowest } a { $highest }

## Small tasks at the bench, which check themselves

challenges-title = Retos
challenge-open = Pendiente
