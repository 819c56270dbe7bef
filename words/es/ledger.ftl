# The words of the ledger’s exports: Markdown, print view. (CSV has fixed column names.)
ledger-title = Bitácora del Fleet Serving Lab
ledger-part = Parte { $number }: { $title }
ledger-name = Nombre o ID
ledger-build = Versión
ledger-begun = Empezada
ledger-last = Última entrada
ledger-events = Entradas
ledger-head = Hash de la última entrada (SHA-256)
ledger-complete = Completa
ledger-missing = Falta
ledger-state = Estado
ledger-prediction = Predicción
ledger-confidence = Seguridad
ledger-confidence-guess = una conjetura
ledger-confidence-fairly = bastante
ledger-confidence-certain = total
ledger-why = Por qué
ledger-from-page = La mayor parte de la reflexión está palabra por palabra en la página
# Beside Save.
reflection-from-page = La mayor parte de esto está palabra por palabra en la página. Queda guardado, y tu bitácora lo dice: cuenta más lo que dirías con tus propias palabras.
ledger-early = Desenlace pedido antes de cumplir los objetivos
ledger-outcome = Resultado
ledger-off-by = Desviación
ledger-targets-met = Objetivos cumplidos
ledger-challenges = Retos
ledger-challenges-met = { $met } de { $all }
ledger-met-before = sí, pero no con los ajustes de abajo
ledger-deployments = Despliegues
ledger-restarts = Reinicios
ledger-deployment = Despliegue { $number } (iteración { $iteration })
ledger-settings = Ajustes finales
ledger-metrics = Cifras finales
ledger-reflection = Reflexión
ledger-defence = Defensa de la estrategia
ledger-passed-at = Superada por primera vez
ledger-checkpointed-at = Punto de control
ledger-yes = sí
ledger-no = no
ledger-nothing = —
ledger-state-untouched = sin empezar
ledger-state-predicted = con predicción
ledger-state-working = en curso
ledger-state-passed = superada
ledger-state-checkpointed = con punto de control
ledger-missing-prediction = la predicción
ledger-missing-outcome = el resultado (el desenlace)
ledger-missing-reflection = una reflexión de al menos { $minimum } caracteres, en palabras
ledger-missing-defence = una defensa de al menos { $minimum } caracteres, en palabras
ledger-missing-checkpoint = el punto de control con sus ajustes finales

# $time is a date and a time of day.
ledger-time = { $time } UTC
# What was predicted, by its label and by the amount that the label stands for.
ledger-predicted = { $label } ({ $amount })
# A deployment in one line.
ledger-deployed = Objetivos cumplidos: { $met }. { $settings }. { $metrics }.
# A dial or a light with its value, and several of them.
ledger-named = { $name } { $value }
ledger-joined = { $before }; { $after }

## What is told when a ledger comes from a file or another tab

ledger-about = empezada el { $time } UTC, { $entries ->
    [one] { $entries } entrada
   *[other] { $entries } entradas
}
ledger-imported = La bitácora se importó.
ledger-imported-aside = La bitácora se importó. La que había aquí queda apartada abajo.
ledger-nothing-new = Tu bitácora ya contiene todo lo que hay en este archivo. No se cambió nada.
ledger-goes-on = La bitácora se importó: continúa la que había aquí.
ledger-joined-file = La bitácora se importó y se unió con la que había aquí.{ $left ->
    [0] { "" }
    [one] { " " }Se omitió { $left } entrada: la misma ya está ahí, o una parte se predijo dos veces.
   *[other] { " " }Se omitieron { $left } entradas: las mismas ya están ahí, o una parte se predijo dos veces.
}
ledger-joined-tab = Dos pestañas escribieron en tu bitácora a la vez: contiene lo de ambas.{ $left ->
    [0] { "" }
    [one] { " " }Se omitió { $left } entrada: la misma ya está ahí, o una parte se predijo dos veces.
   *[other] { " " }Se omitieron { $left } entradas: las mismas ya están ahí, o una parte se predijo dos veces.
}
ledger-followed = Otra pestaña abrió otra bitácora, y esta página la sigue. La que había aquí queda apartada abajo.
ledger-not-joined = Lo que escribió otra pestaña no se puede unir: { $reason }. Queda apartado abajo.
ledger-begun-anew = Empieza una bitácora nueva. La que había aquí queda apartada abajo.
ledger-not-imported = El archivo no se importó: { $reason }. Tu bitácora está como estaba.
ledger-damaged = La bitácora guardada no se puede leer: { $reason }. Queda apartada abajo, tal como estaba.

## Why a ledger, or an entry of one, is refused

ledger-error-event = evento { $number }: { $reason }
ledger-error-full = la bitácora está llena ({ $most } bytes): expórtala y empieza una nueva
ledger-error-no-events = 'events' no es una lista con al menos un evento
ledger-error-cut-off = el último evento no es el que nombra 'head': se cortaron algunos
ledger-error-too-large = el archivo es demasiado grande: { $bytes } bytes; una bitácora tiene como mucho { $most }
ledger-error-not-utf8 = el archivo no es texto en UTF-8
ledger-error-too-deep = el archivo tiene más de { $most } niveles de anidamiento; una bitácora no los tiene
# $reason is what Python's reader of JSON says, in English.
ledger-error-not-json = el archivo no es JSON: { $reason }
ledger-error-key-twice = la clave { $key } está dos veces en un mismo objeto
ledger-error-constant = el archivo no es JSON: { $name } no es un número en ese formato
ledger-error-foreign = no es una bitácora de este laboratorio: su 'format' no es { $format }
ledger-error-schema = 'schema' es { $value }; se esperaba un número entero a partir de 1
ledger-error-newer = esta bitácora la escribió una versión más nueva (esquema { $schema }; esta lee { $reads }); actualiza el laboratorio y vuelve a importarla
ledger-error-document-lacks = al documento le falta { $name }
ledger-error-document-odd = el documento tiene un campo desconocido, { $name }
ledger-error-time = at es { $value }; se esperaba una hora en UTC, como { $example }
ledger-error-event-shape = el evento { $number } es { $value }; se esperaba un objeto
ledger-error-event-lacks = al evento { $number } le falta { $name }; se esperaba: { $fields }
ledger-error-event-odd = el evento { $number } tiene un campo desconocido, { $name }; se esperaba: { $fields }
ledger-error-changed = el evento { $number } no coincide con su hash: se cambió después de escribirlo
ledger-error-moved = el evento { $number } dice ser el número { $value }: algún evento se movió, se añadió o se quitó
ledger-error-broken = el evento { $number } no sigue al anterior: la cadena está rota
ledger-error-surrogate = un texto contiene medio par sustituto, que no es ningún carácter
# $reason is what Python's writer of JSON says, in English.
ledger-error-value = un valor no puede estar en una bitácora: { $reason }
ledger-error-two-ledgers = son dos bitácoras distintas: no empezaron siendo una
ledger-error-kind = tipo desconocido, { $kind }; se permite: { $allowed }
ledger-error-no-part = { $kind } no pertenece a ninguna parte: su track es '' y su part es 0
ledger-error-track = { $kind }: track es { $value }; se esperaba una palabra en minúsculas
ledger-error-part = { $kind }: part es { $value }; se esperaba un número entero de 1 a { $most }
ledger-error-data = { $kind }: data es { $value }; se esperaba un objeto
ledger-error-data-odd = { $kind }: { $name } es desconocido; data puede contener: { $allowed }
ledger-error-data-none = { $kind }: { $name } es desconocido; data puede contener: nada
ledger-error-data-lacks = { $kind }: a data le falta { $name } ({ $shape })
ledger-error-data-unfit = { $kind }: { $name } es { $value }; se esperaba { $shape }
ledger-error-beginning = una bitácora empieza con 'started', y solo ahí lo tiene
# $place is ledger-place.
ledger-error-predicted-twice = { $place }, ya tiene su predicción, que no se puede cambiar una vez hecha
ledger-error-passed-twice = { $place }, ya está superada; solo se registra la primera vez
ledger-error-revealed-twice = { $place }, ya tiene su desenlace
ledger-error-unpredicted = { $place }: { $kind } antes de su predicción; fíjala primero
ledger-error-other-prediction = { $place }: el desenlace habla de la predicción { $told }, pero se predijo { $made }
ledger-place = { $track }, parte { $part }

## What an entry's data must look like

ledger-shape-line = un texto de { $most } caracteres como mucho
ledger-shape-flag = true o false
ledger-shape-number = un número finito
# $infinite and $negative stand in quotes.
ledger-shape-quantity = un número finito, { $infinite } o { $negative }
ledger-shape-factor = un número no menor que 1, o { $infinite }
ledger-shape-key = una clave: letras minúsculas sin acentos, dígitos y guiones bajos
ledger-shape-count = un número entero, 0 o más
ledger-shape-iteration = un número entero de 1 a { $most }
ledger-shape-digest = 64 dígitos hexadecimales
ledger-shape-settings = como mucho { $most } claves con números finitos, textos, true o false
ledger-shape-metrics = como mucho { $most } claves con números finitos, textos, true, false o null
ledger-shape-confidence = una de estas opciones: { $allowed }

# The assignment that a track is worked on by. $bound is such as "at most 1 s".
ledger-assigned = Partes de la tarea
ledger-assigned-limits = Límites de la tarea
ledger-assigned-limit = parte { $part }, { $label }: { $bound }
ledger-assigned-due = Fecha de entrega
ledger-assigned-code = Tarea
