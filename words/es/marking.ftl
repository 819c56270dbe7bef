# What `labpy mark` says: the feedback file of a student, and the command itself.

## What the ledger shows of a row of the rubric

marking-no-prediction = No hay ninguna predicción fijada.
marking-predicted = Predicción: { $answer }.
# $how is a key.
marking-sure = { $how ->
    [guess] Declarada como conjetura.
    [fairly] Declarada con bastante seguridad.
   *[certain] Declarada con certeza.
}
marking-came-out = Los modelos dijeron { $outcome }.
marking-why = Junto a la predicción hay una razón.
marking-no-why = Junto a la predicción no hay ninguna razón.
marking-early = El desenlace se pidió antes de cumplir los objetivos.
marking-no-settings = No hay ajustes registrados.
marking-met = Objetivos cumplidos: { $targets } de { $targets }.
marking-missed = Sin cumplir: { $target }.
marking-failure = Un estado de fallo: { $failure }.
marking-start = Los ajustes son los del inicio.
marking-deployed = { $deployments ->
    [one] { $deployments } despliegue
   *[other] { $deployments } despliegues
}; con un solo mando cambiado y nada más: { $single }; { $restarts ->
    [one] { $restarts } reinicio
   *[other] { $restarts } reinicios
}.
marking-no-text = No hay nada escrito.
marking-words = { $words ->
    [one] { $words } palabra.
   *[other] { $words } palabras.
}
marking-short = Más breve que los { $least } caracteres que se piden.
marking-no-figure = Ninguna de sus cifras es de esta prueba.
marking-figure = { $figure } es una cifra de esta prueba.
# $parts is the number of a part, or several.
marking-figure-of = { $figure } es una cifra de esta prueba (parte { $parts }).
marking-parts = { $before } y { $after }

## The feedback file

marking-title = Fleet Serving Lab: { $track }
# $name is the student's name, or the file's.
marking-for = Comentarios para { $name }
marking-part = Parte { $part }: { $title }
marking-row = Fila de la rúbrica
marking-points = Puntos
marking-shows = Lo que muestra la bitácora
marking-given = { $points } de { $most }
marking-open = pendiente, de { $most }
marking-total = En total, { $points } de { $most } puntos.
marking-not-yet = De { $most } puntos, algunos están pendientes: tiene que decidirlos tu docente.
marking-written = Lo que escribiste
marking-levels = Lo que pide la rúbrica
marking-comment = De tu docente
marking-made-by = Los ajustes los evaluó un programa a partir de tu bitácora, y de él son también los datos junto a cada fila. Cuánto valen tus textos lo ha dicho una persona.

## The command

mark-help = rellena la rúbrica para una carpeta de bitácoras: un archivo de comentarios por estudiante y una tabla para tus puntos
mark-help-output = la carpeta en la que se escribe (por defecto: FOLDER/{ $name })
mark-help-marks = la tabla con tus puntos y comentarios, que escribió una ejecución anterior
mark-help-worksheet = la tabla de calificaciones que te dio Moodle, Canvas o Blackboard; se escribe una copia con puntos y comentarios
mark-help-column = la columna de esa tabla que recibe los puntos, si tiene varias
mark-written = { $folder }: { $files ->
    [one] { $files } archivo de comentarios
   *[other] { $files } archivos de comentarios
}, { $marks } para tus puntos
mark-graded = { $file }: { $rows ->
    [one] { $rows } fila rellenada
   *[other] { $rows } filas rellenadas
}
mark-nobody = en ninguna fila de la tabla de calificaciones: { $files }
mark-bad-points = { $file }: { $column } debe ser un número entero de 0 a { $most }, y es { $value }
mark-unreadable = no es una tabla que se pueda leer
mark-no-columns = no es una tabla de calificaciones de Moodle, Canvas ni Blackboard: no tiene ninguna de las columnas { $columns }
mark-which-column = di cuál es la columna de los puntos con --column; hay: { $columns }
mark-refused = { $file }: { $reason }
