### What the script of a class's page says.

class-wait = Python está arrancando. Vuelve a elegir los archivos en un momento.
class-reading = { $read ->
    [one] { $read } bitácora leída…
   *[other] { $read } bitácoras leídas…
}
class-read = { $files ->
    [one] { $files } archivo leído
   *[other] { $files } archivos leídos
}, { $bad ->
    [0] sin excepción, bitácoras con la cadena intacta.
   *[other] { $bad } de ellos no como lo escribió el laboratorio.
}
class-empty = Aún no hay ninguna bitácora aquí.
class-aside = { $files ->
    [one] Se dejó aparte { $files } archivo, que no es ni bitácora ni zip
   *[other] Se dejaron aparte { $files } archivos, que no son ni bitácoras ni zip
}: { $names }
class-shown = { $shown } de { $all }
class-of = { $some } de { $all }
class-chain = { $chain ->
    [holds] intacta
    [broken] rota
    [against-the-rules] contra las reglas
   *[other] sin leer
}
class-replay = { $replay ->
    [matches] coincide
    [differs] difiere
    [impossible] imposible
   *[other] otra versión
}
