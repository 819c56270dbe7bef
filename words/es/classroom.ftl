# What teachers are told of a class's ledgers.

## A ledger is computed anew: what doesn't fit, entry by entry

replay-backwards = su hora, { $at }, es anterior a la de la entrada de arriba
replay-too-many = más despliegues que los { $most } de la parte
replay-pass-undeployed = parte superada sin ningún despliegue que cumpla
replay-no-part = este laboratorio no tiene esa parte
# $reason is a whole sentence.
replay-settings = ajustes que ningún mando tiene: { $reason }
# $dial is a dial's key.
replay-dials = falta el mando { $dial }, o no hay ninguno con ese nombre.
replay-pass-is-none = parte superada, pero sus propias cifras incumplen un objetivo
# $metric is the name of a figure in the ledger; $told and $computed are numbers.
replay-metric = { $metric } es { $told }, y calculado de nuevo es { $computed }
replay-verdict = al calcular de nuevo si cumple, sale lo contrario
# $reason is a whole sentence.
replay-answer = una predicción que no se puede hacer: { $reason }
replay-implies = la predicción equivale a { $computed }, no a { $told }
replay-off-by = la desviación de la predicción no se deduce de sus propias cifras
replay-truth = el resultado es { $told }, y calculado de nuevo es { $computed }

# The first files of several, and how many more there are.
collect-more = { $files } y { $rest } más
collect-files = { $before }, { $after }

## What two ledgers have in common; $files names the others

collect-same = la misma bitácora que { $files }
collect-earlier = un estado anterior de { $files }
collect-later = un estado posterior de { $files }
collect-shares = sus primeras { $entries } entradas son las de { $files }
collect-same-time = { $entries ->
    [one] { $entries } de sus entradas está
   *[other] { $entries } de sus entradas están
} con la misma hora en { $files }
# $share is a share of the shorter text's runs of words.
collect-near = uno de sus textos es casi el de { $files } ({ $share } de sus secuencias de palabras)
collect-same-text = uno de sus textos está palabra por palabra en { $files }
collect-notes = { $before }; { $after }

## Why a file is not read

collect-too-large = es demasiado grande: una bitácora tiene como mucho { $most } bytes
collect-no-zip = no es un zip que se pueda leer
collect-too-much = contiene demasiado; se leyó hasta { $file }
collect-zip-in-zip = está dentro de más de { $most } zips anidados: descomprímelo primero
collect-not-unpacked = no se puede descomprimir: { $reason }
replay-assignment-unknown = esta versión del laboratorio no puede leer su tarea
replay-assignment = los límites que contiene no son los de su tarea
collect-zip-too-large = es demasiado grande: un zip puede tener como mucho { $most }

## The page of a class

# $off is a factor: half of the class was off by more.
class-tally = { $students ->
    [one] { $students } estudiante hizo su predicción
   *[other] { $students } estudiantes hicieron su predicción
}; predicciones acertadas: { $right } ({ $share }); la mitad tuvo una desviación de { $off } o más. Con los objetivos cumplidos: { $passed }; { $early ->
    [0] nadie pidió el desenlace antes de tiempo
   *[other] con el desenlace pedido antes de tiempo: { $early }
}.
# $reason is a sentence without its full stop.
class-finding = Entrada { $entry }: { $reason }
