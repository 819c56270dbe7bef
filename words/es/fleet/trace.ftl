# Reading a trace of requests that somebody else recorded.

## Why a file is refused

trace-empty = El archivo está vacío.
trace-header-only = El archivo tiene una cabecera y ninguna petición.
trace-one-request = El archivo tiene una sola petición. Una traza necesita dos o más.
trace-too-large = El archivo tiene { $size }. Se leen como mucho { $most }: córtalo o redúcelo antes.
trace-too-many = El archivo tiene más de { $most } líneas. Córtalo o redúcelo antes.
# $kind is a format, such as PNG
trace-binary = Esto es un archivo { $kind }, no texto. Una traza es un archivo CSV, o un objeto JSON por línea.
trace-not-text = Esto no es un archivo de texto. Una traza es un archivo CSV, o un objeto JSON por línea.
trace-no-lines = El archivo tiene un megabyte sin un fin de línea, así que no es una traza.
trace-unknown-columns = La primera línea es «{ $header }». Se conocen las columnas de Azure (TIMESTAMP, ContextTokens, GeneratedTokens), las de BurstGPT y las de Mooncake; si son otras, indícalas a mano.
trace-no-column = No hay ninguna columna «{ $column }» en «{ $header }».
# $reason is one of the sentences below
trace-mostly-bad = No se pueden usar { $bad } de { $lines } líneas. La primera es la línea { $line }: { $reason }

## Why a line is left out

trace-bad-number = «{ $text }» no es un número entero de tokens.
trace-too-few-tokens = «{ $text }» tokens: un prompt y una respuesta tienen al menos uno.
trace-too-many-tokens = «{ $text }» tokens son más de los que admite ningún modelo.
trace-bad-time = «{ $text }» no es ni una hora ni un número de segundos.
trace-bad-fields = Tiene { $fields ->
    [one] { $fields } campo
   *[other] { $fields } campos
} para { $columns } columnas.
trace-bad-json = «{ $text }» no es un objeto JSON con los campos de una traza.

## What a reader should know of a trace that was read

trace-bad-lines = { $bad ->
    [one] Se omitió { $bad } línea. Es
   *[other] Se omitieron { $bad } líneas. La primera es
} la línea { $line }: { $reason }
trace-unsorted = Las líneas no estaban en orden de tiempo; se ordenaron.
trace-mixed-zones = { $unzoned ->
    [one] { $unzoned } hora no tiene zona horaria y otras sí; se tomó
   *[other] { $unzoned } horas no tienen zona horaria y otras sí; se tomaron
} como UTC.
trace-duplicates = { $duplicates ->
    [one] { $duplicates } petición es igual
   *[other] { $duplicates } peticiones son iguales
} a la anterior en tiempo y longitudes. Se conservaron todas.
trace-thinned = De { $whole } peticiones se reproducen { $kept }: tramos de peticiones consecutivas tomados de toda la traza, uno a continuación de otro. Las tasas, las ráfagas y las longitudes quedan como estaban; una sobrecarga que dure más que un tramo forma una cola más corta que la que formó.
# $share of the tokens of all prompts
trace-beginnings = La traza dice qué prompts empiezan igual: con la caché de prefijos, una caché sin límites encontraría el { $share } de sus tokens.
trace-many-blocks = La traza tiene más de { $most } hashes de bloques, así que no se tuvo en cuenta qué prompts empiezan igual.
