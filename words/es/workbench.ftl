# The workbench: dials, lights, the lock, the log of deployments, the reveal.

# $limit is an amount, at times inside a phrase: "50% of the start".
target-at-most = como mucho { $limit }
target-at-least = al menos { $limit }

knob-on = sí
knob-off = no
# What a link may say of a switch: the words true and false stay in every language.
knob-switch = true o false
# $low has no unit, $high has.
knob-allowed = de { $low } a { $high }
# $value stands in quotes.
knob-refused = { $key }={ $value } no está permitido; se permite: { $allowed }

lock-no-option = { $answer } no es una opción de esta predicción; se permite: { $allowed }
lock-no-number = { $answer } no es un número
lock-out-of-bounds = { $answer } está fuera de los límites; se permite: de { $lowest } a { $highest }

deployments-number = N.º
deployments-configuration = Configuración
deployments-targets = Objetivos
deployments-pass = Cumple
deployments-fail = No cumple
# One dial with its value, and several of them.
deployments-setting = { $dial } { $value }
deployments-settings = { $before }, { $after }
deployments-met = Un despliegue cumplió todos los objetivos.
# $lacks is a list of deployments-lack; $nearest the number of a deployment.
deployments-spent = Las { $iterations } iteraciones están gastadas. La más cercana fue la número { $nearest }; le faltó: { $lacks }.
# How far a light was from its limit.
deployments-lack = { $target } por { $lack }
deployments-none = esta parte no tiene despliegues: sus mandos actúan al instante
deployments-no-more = las { $iterations } iteraciones están gastadas; reinicia la parte para probar de nuevo (el reinicio consta en tu bitácora)
deployments-predict-first = primero predice: un despliegue necesita una predicción

reveal-predict-first = primero predice: el desenlace necesita una predicción
reveal-right = Predijiste { $predicted }; es { $actual }: acierto pleno.
reveal-off = Predijiste { $predicted }; es { $actual }: una desviación de { $factor }.
# One of the two is zero, or without end.
reveal-beyond = Predijiste { $predicted }; es { $actual }: ningún factor lleva de uno a otro.

# How sure the reader was, beside whether the prediction was right.
reveal-guess-right = Dijiste que era una conjetura, y fue buena.
reveal-guess-off = Dijiste que era una conjetura.
reveal-fairly-right = Tenías bastante seguridad, y con razón.
reveal-fairly-off = Tenías bastante seguridad: ¿qué diste por sentado?
reveal-certain-right = Tenías certeza, y con razón.
reveal-certain-off = Tenías certeza: esta es la que conviene recordar.

# $error is what went wrong, in the words of Python.
workbench-error = Eso no funcionó, pero el laboratorio sigue. ({ $error })

# What lights and figures show while the dials make a draft.
draft-shows = Las luces y las figuras muestran el despliegue { $number }.
draft-shows-start = Las luces y las figuras muestran la flota tal como la encontraste.

## What helps where a part does not pass
# The dial is named first, then which way it goes, then a value; several dials where one alone
# does not help.

# A target, what it reads, and its limit: "at most 50 ms".
hint-gap = { $target }: { $reading }, { $bound }.
# The title of a failure, a sentence or a heading without a full stop.
hint-failure = { $title }.
# $gap is hint-gap or hint-failure; a dial is named as its label has it.
hint-dial = «{ $dial }»
hint-lever = { $gap } Lo que lo mueve: { $dial }.
# $dials is a list of two or more.
hint-levers = { $gap } Ningún mando lo logra solo; hay que mover a la vez { $dials }.
# $way is hint-up, hint-down, hint-switch or hint-other; $ways is a list of them.
hint-way = { $gap } Lo que lo acerca: { $way }.
hint-ways = { $gap } Lo que lo acerca, en conjunto: { $ways }.
hint-up = más de «{ $dial }»
hint-down = menos de «{ $dial }»
# $value is "on" or "off".
hint-switch = «{ $dial }»: { $value }
hint-other = otra opción de «{ $dial }»
# $moves is one hint-move, or a list of them.
hint-move = «{ $dial }» en { $value }
hint-step = { $gap } Con { $moves } queda en { $after }.
hint-step-eases = { $gap } Con { $moves } se alivia.
hint-steps = { $gap } Con { $moves } a la vez queda en { $after }.
hint-steps-eases = { $gap } Con { $moves } a la vez se alivia.
# $hint is one of those above; $lights is a list of targets that are met now.
hint-costs = { $hint } A cambio hay que ceder algo en: { $lights }.

## The picture of the reveal
# $what is the lock's quantity, $at the place on the axis that the lock asks about.
reveal-picture = { $what }. En { $at }: predijiste { $predicted }, los modelos dicen { $actual }.
reveal-picture-model = Modelos
reveal-picture-you = Tú
# The setting that the lights show: its dials stand under this heading, then what each light reads.
reveal-yours = Tu propio ajuste
reveal-light = { $met ->
    [yes] ✓ { $label }: { $value }, { $limit }
   *[no] ✗ { $label }: { $value }, no { $limit }
}

# Why the assignment of a link is refused.
assign-mistyped = La tarea de este enlace está mal escrita o cortada, así que no se usa. Copia otra vez el enlace entero o pídeselo a tu docente.
assign-newer = La tarea de este enlace se hizo con una versión más nueva del laboratorio, así que no se usa. Recarga la página cuando tengas red.
assign-unknown = La tarea de este enlace pide algo que esta versión del laboratorio no tiene, así que no se usa. Pide un enlace nuevo a tu docente.
# $track is a track's name.
assign-elsewhere = La tarea de este enlace es de { $track }. Ábrela en la página de esa ruta.
