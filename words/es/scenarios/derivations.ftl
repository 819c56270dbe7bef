# Short derivations in the Math Peek.

derived-kv = Caché KV que ocupa un token
derived-kv-numbers = Una clave y un valor (2) × { $layers } capas × { $heads } cabezas KV × { $size } números × { $bytes ->
    [one] { $bytes } byte
   *[other] { $bytes } bytes
} = { $memory }
derived-kv-source = La forma publicada del modelo; las cabezas que comparten claves y valores cuentan una sola vez
derived-round = Tokens que aporta una ronda de especulación
# $tokens with so many drafts, $further with one more.
derived-round-numbers = Un borrador cuenta solo si todos los anteriores son correctos, cada uno con a = { $share }; el modelo grande siempre aporta un token más. Con k = { $drafts } borradores: { $tokens }; con un borrador más: { $further }
derived-round-source = Leviathan, Kalman, Matias (2023), si cada borrador es correcto con la misma probabilidad
derived-million = Coste de un millón de tokens
# The unit of time in the formula.
derived-second = s
derived-million-numbers = p = { $price } por hora; el { $share } de { $rate } da { $millions } millones de tokens por hora; por tanto, { $cost }
derived-million-none = No se atiende nada, así que no se puede dar ningún precio
derived-million-source = El precio es un supuesto, el ritmo es el del modelo; no se cuenta nada más
derived-knee = El codo: un uno por ciento más de carga cuesta un uno por ciento de latencia
derived-knee-numbers = Aquí en { $rate }, el { $share } de la capacidad. Para M/M/1, R = S / (1 − ρ), la pendiente es ρ / (1 − ρ), que vale 1 con { $half }: quien agrupa en batches llega más tarde a él
derived-knee-source = Kleinrock (1979): la carga con la que el cociente entre carga y latencia es máximo
