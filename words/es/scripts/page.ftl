# What the page's own scripts say: while Python starts, about files and storage, around the ledger.

## The line under the header, while the lab starts

boot-fetch = Descargando Python y el laboratorio
boot-python = Iniciando Python
boot-restore = Despertando a Python
boot-unpack = Desempaquetando el laboratorio
boot-import = Cargando los modelos
boot-build = Montando el banco de trabajo
boot-draw = Dibujando
boot-again = Otro intento
boot-python-again = Iniciando Python de nuevo
boot-still-waiting = Aún se espera a la red
boot-waiting-for = Aún falta por llegar: { $files }. Lo que has escrito está guardado; quizá llegue todavía, o inténtalo de nuevo.
# Short enough for one line on a phone. The sizes are in MB.
boot-bytes = Descargados { $done } de { $all } MB, sin comprimir
boot-ready = El banco de trabajo está listo.

## Why a file can't be used; each is put where { $reason } stands

fault-answered = { $file }: el servidor respondió { $status }
fault-type = { $file }: llegó como { $type }, no como { $wanted }
fault-no-type = { $file }: llegó sin tipo, no como { $wanted }
fault-page = { $file }: en su lugar llegó una página
fault-broke-off = { $file }: se cortó; ¿hay red?
fault-part = { $file }: no llegó entero, solo { $done } de { $all } bytes
fault-not-whole = { $file }: no llegó entero
fault-other-bytes = { $file }: sus bytes no son los de esta versión
fault-not-fetched = { $file }: no se pudo descargar; ¿hay red?
fault-lost = Algo no llegó como debía: { $files }. El laboratorio funciona sin ello, pero quizá no se vea bien. Lo que has escrito está guardado.
fault-no-dials = No se pudieron dibujar los mandos.
fault-file = { $reason }. Lo que has escrito está guardado; inténtalo de nuevo cuando vuelva la red.
fault-start = El laboratorio no pudo arrancar: { $reason } Lo que has escrito está guardado; inténtalo de nuevo cuando vuelva la red.
fault-goes-on = Eso no funcionó, pero el laboratorio sigue. ({ $reason })
fault-stopped = El banco de trabajo dejó de responder y se inicia de nuevo. Lo que hiciste está guardado.
fault-broke = El banco de trabajo falló y se inicia de nuevo. Lo que hiciste está guardado.
fault-stopped-again = El banco de trabajo ha vuelto a dejar de responder. Lo que has escrito está guardado; inténtalo de nuevo o recarga la página.
fault-broke-again = El banco de trabajo ha vuelto a fallar. Lo que has escrito está guardado; inténtalo de nuevo o recarga la página.

## Whether it works offline

offline-carried = Sin red: el laboratorio entero está en este archivo
offline-saving = Guardando para usarlo sin red
offline-ready = Listo para usarse sin red, todas las rutas
offline-offline = Ahora sin red: todas las rutas funcionan con lo guardado
offline-refused = Necesita la red: este navegador no guarda nada aquí, como en una ventana privada
offline-insecure = Necesita la red: sin https no se puede guardar nada
offline-failed = Aún no está guardado para usarse sin red: se intentará en la próxima visita
offline-before = Abre una ruta una vez y todas funcionarán sin red
offline-new-version = Hay una versión nueva del laboratorio. Tu trabajo está guardado.
offline-load-now = Cargarla ahora

## Parts

light-pass = Cumple
light-fail = No cumple
light-pending = Sin medir
# Told to screen readers when a light changes.
light-told = { $state ->
    [pass] { $light }: cumple.
   *[fail] { $light }: no cumple.
}
# $done is what is said of a task once it is done.
challenge-met = Reto conseguido: { $done }
challenge-state = { $state ->
    [done] Hecho
   *[open] Pendiente
}
challenges-left = Quedan { $left } de { $all } retos
failure-told = Fallo: { $title }.
verdict-by = Lo consiguió { $dial } en { $value }.
failure-none-any-more = Ya nada falla.
deployments-left = Quedan { $left } de { $all }
deployments-caption = Despliegues
essay-count = { $typed } de al menos { $least } caracteres.
part-title = Parte { $number }: { $title }
part-state = { $state ->
    [done] { $part }, en tu bitácora
    [begun] { $part }, empezada
   *[open] { $part }
}
part-saved = En tu bitácora.
# $missing is a list of what the part still lacks.
part-still-missing = Aún falta: { $missing }.

## The lock

# $value is the label of a card and what it implies, or a number with its unit.
lock-predicts = Tu predicción: { $value }.
lock-card = { $label }: { $implies }
# The part was locked in two places; $answer is what counts, such as “15 %”.
lock-gave-way = La predicción de la parte { $part } también se fijó en otro lugar, por ejemplo en otra pestaña, y es aquella la que cuenta: { $answer }
lock-came-first = La predicción de la parte { $part } también se fijó en otra pestaña. Cuenta la de aquí.
# Why a number can't be taken.
lock-not-read = Eso no se puede leer como un solo número.
# $one is without a mark, $other with a decimal point and a 0 more at its end.
lock-two-readings = { $typed } puede significar { $one } o { $other }: escribe uno de los dos.
link-copied = Copiado; abre exactamente este ajuste.
link-in-bar = Ahora está en la barra de direcciones.
link-is = Es { $address }
start-done = { $done } de { $all } en tu bitácora
start-begun = Empezada

## The player of an instrument that moves

player-label = Avanzar por el tiempo
player-play = Reproducir
player-pause = Pausar
player-back = Atrás
player-step = Un paso
player-moment = Momento
player-speed = Velocidad
player-times = { $times }×
player-where = { $now } de { $all }

## Notices

notice-dismiss = Cerrar

## The ledger

# One line for each part; $factor is that of the prediction.
ledger-line = { $state ->
    [checkpointed] Guardada
    [passed] Objetivos cumplidos, sin guardar
    [predicted] Con predicción
   *[open] Sin empezar
}
ledger-line-off = { $line }; desviación de { $factor }×
ledger-starting = { $state ->
    [failed] El laboratorio no pudo arrancar; vuelve a intentarlo primero. El archivo se guarda en cuanto esté listo, si esta página sigue abierta.
   *[starting] Python aún está arrancando. El archivo se guarda en cuanto esté listo, si esta página sigue abierta.
}
ledger-starting-read = { $state ->
    [failed] El laboratorio no pudo arrancar; vuelve a intentarlo primero. El archivo se lee en cuanto esté listo, si esta página sigue abierta.
   *[starting] Python aún está arrancando. El archivo se lee en cuanto esté listo, si esta página sigue abierta.
}
ledger-print-later = La bitácora se podrá imprimir en cuanto Python esté listo.
ledger-not-all = Lo que has hecho desde que se abrió esta página aún no está incluido.
ledger-too-large = { $file } tiene { $size } MB; una bitácora tiene como mucho { $most } MB. Tu bitácora sigue como estaba.
ledger-unreadable = { $file } no se puede leer. Tu bitácora sigue como estaba.
ledger-ask-begin = ¿Empezar una bitácora nueva? La actual se aparta aquí abajo y se puede recuperar.
ledger-begin = Empezar una bitácora nueva
ledger-ask-other = Este archivo contiene otra bitácora ({ $theirs }). ¿Abrirla? La tuya ({ $mine }) se aparta aquí abajo y se puede recuperar.
ledger-open-other = Abrir la bitácora del archivo
ledger-leave = No, dejarla como está
ledger-store-full = El almacén de este navegador está lleno: lo que hagas ahora solo dura mientras esta página esté abierta. Exporta tu bitácora como JSON antes de irte.
ledger-nothing-kept = Este navegador no guarda nada aquí: tu trabajo solo dura mientras esta página esté abierta. Exporta tu bitácora como JSON antes de irte.
# $shown is $parts as the language writes it.
ledger-export-due = { $parts ->
    [one] { $shown } parte que superaste o guardaste no está aún en ningún archivo.
   *[other] { $shown } partes que superaste o guardaste no están aún en ningún archivo.
}
ledger-persisted = El navegador ha prometido no borrarla por falta de sitio.
ledger-saved = Guardada como { $name }.
ledger-saved-perhaps = Guardada como { $name }. Si no ha llegado ningún archivo, lo impide la página que rodea al laboratorio: copia el texto de abajo.
ledger-copy-below = La página que rodea al laboratorio quizá impida guardar archivos: copia el texto de abajo.
ledger-copied = Copiado.
ledger-selected = Seleccionado: pulsa Ctrl+C o ⌘C.
ledger-no-print = Este marco no puede imprimir: exporta Markdown e imprime eso.

## What is set aside

shelf-damaged = Lo que no se pudo leer, apartado el { $when } UTC
shelf-ledger = Bitácora { $about }, apartada el { $when } UTC
shelf-earlier = Una bitácora que una versión anterior del laboratorio guardó en este sitio, encontrada el { $when } UTC
# Said once, when the page has put something there by itself.
shelf-notice-earlier = Una versión anterior del laboratorio guardó una bitácora en este sitio. Si es tuya, recupérala: está apartada debajo de tu bitácora.
shelf-notice-damaged = Algo que este navegador guardaba para el laboratorio no se puede leer. Está apartado debajo de tu bitácora, tal como estaba.
shelf-bring-back = Recuperar
shelf-save = Guardar como archivo
shelf-remove = Eliminar
shelf-remove-really = ¿Eliminar para siempre?

## The demonstration of a book's page

book-told-progress = { $state ->
    [predicted] Parte { $part }: con predicción.
    [passed] Parte { $part }: superada.
    [checkpointed] Parte { $part }: en la bitácora.
   *[other] Parte { $part }
}
book-told-error = El laboratorio no pudo arrancar.

## The reveal

reveal-you = Tú
reveal-model = Modelo
reveal-early = Pediste el desenlace antes de cumplir los objetivos; tu bitácora lo dice.

## The open bench

bench-wait = Python aún está arrancando: inténtalo en un momento.
bench-state = { $state ->
    [running] Calculando
    [failed] Esta flota no es posible; abajo queda la última respuesta.
   *[ready] La respuesta está abajo.
}
bench-fleet-a = Flota A
bench-fleet-b = Flota B
bench-figure = Figura
# $fleet is a, b, or alone if there is one only
bench-by-formula = { $fleet ->
    [a] A por fórmula
    [b] B por fórmula
   *[alone] Por fórmula
}
bench-simulated = { $fleet ->
    [a] A simulada
    [b] B simulada
   *[alone] Simulada
}
bench-open = Abrir
# $fleet is its accelerators and how they are split
bench-open-fleet = Abrir { $fleet }
bench-link-copied = El enlace está copiado; contiene todos los mandos.
# $address is a web address
bench-link = Copia esto: { $address }

## The strip of requests

flow-label = Peticiones, según la simulación
# On to the moment at which something happens next.
flow-next = Siguiente
flow-table-button = Recuento
flow-models = el modelo da { $models }
# On the picture, each in a few letters, with the numbers of the moment. { $name } is a stage.
flow-arriving = llegan: { $noun }
flow-leaving = salen
flow-waiting-now = esperan { $number }
flow-served-now = { $name } { $number } de { $slots }
flow-held-now = listas, retenidas { $number }
flow-more = +{ $number }
# The present setting for the ear and the eye, off until it is asked for.
felt-hear = Oírlo
felt-see = Verlo
felt-click = Reproducir el clic
felt-move = Dejar que se mueva
felt-stop = Parar
# Over two rows of dots: where each frame should be when it is due, and where the picture is.
felt-due = previsto
felt-shown = mostrado

## The queue of the start page

live-servers = en servicio
live-noun = peticiones
live-waiting = Media en espera
live-late = Con retraso
live-key = con retraso: esperó más de 2 s
live-grows = crece sin fin
live-sentence = Al { $load } de lo que pueden los cuatro servidores, esperan { $waiting } peticiones en promedio, y { $late } esperan más de dos tiempos de servicio.
live-endless = Al { $load } llegan más de las que cuatro servidores pueden atender: la cola crece sin fin.

## The assignment that a student works on

# $parts is a list of numbers: "1 and 3".
assignment-parts = { $count ->
    [one] la parte { $parts }
   *[other] las partes { $parts }
}
# $parts is assignment-parts, $track a track's name.
assignment-said = Tu tarea: { $parts } de { $track }.
# $due is a day and a time with its zone; $over says whether it has passed.
assignment-said-due = Tu tarea: { $parts } de { $track }, { $over ->
    [yes] el plazo terminó el
   *[no] para el
} { $due }.
# $bound and $own are such as "at most 1 s".
assignment-limit = Parte { $part }, { $label }: { $bound } en lugar de { $own }.
