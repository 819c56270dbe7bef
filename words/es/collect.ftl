# The command `labpy`, which makes one table of a class's ledgers. (Its CSV has fixed column names.)

collect-help = Lo que hacen los docentes con las bitácoras del Fleet Serving Lab.
collect-help-command = orden
collect-help-collect = escribe un CSV a partir de una carpeta de bitácoras (también dentro de archivos .zip)
collect-help-folder = dónde están las bitácoras; se leen también las carpetas que contenga
# $name is the file's name in the folder.
collect-help-output = el CSV que se escribe (por defecto: FOLDER/{ $name })
collect-help-texts = añade las reflexiones y las defensas completas
collect-help-check = dice de cada bitácora si su cadena está intacta
collect-help-file = bitácoras, tal como las exportó el laboratorio
collect-no-folder = { $folder } no es una carpeta
collect-written = { $file }: { $ledgers ->
    [one] { $ledgers } bitácora
   *[other] { $ledgers } bitácoras
}, { $rows ->
    [one] { $rows } fila
   *[other] { $rows } filas
}
collect-bad = inválido: { $file }: { $reason }
collect-aside = se dejan de lado, no son ni bitácora ni zip: { $files }
collect-chain-holds = { $file }: la cadena está intacta: { $entries ->
    [one] { $entries } entrada
   *[other] { $entries } entradas
}, de { $first } a { $last }
collect-chain-fails = { $file }: { $chain ->
    [broken] cadena rota
    [rules] contra las reglas
   *[other] sin leer
}: { $reason }
## Why a file is not read

collect-no-file = no es un archivo que se pueda leer
# $reason is what the system says.
collect-unreadable = no se puede leer: { $reason }
