# What the page for peer instruction says.

peer-lock = { $track }, parte { $part }: { $title }
peer-code = Código QR: lleva a { $track }, parte { $part }
peer-option = { $letter }: { $label }
peer-count = Votos para { $letter }
peer-type-letters = Letras que se leen en voz alta o se pegan, como «a b b d»
peer-type-numbers = Números que se leen en voz alta o se pegan, con un espacio entre ellos
peer-typed-all = Contados: { $taken }.
peer-typed-left = Contados: { $taken }. No responden a esta pregunta y siguen en el campo: { $left }.
peer-ledgers-left = Contados: { $taken }. Sin predicción para esta parte, o ya contados: { $left }.
peer-not-yet = aún no
# $stage: 1 first vote, 2 discussion, 3 second vote, 4 both votes.
peer-stage = { $stage ->
    [1] Primera votación, cada cual a solas; votos contados: { $votes }
    [2] Habla con quienes tienes al lado y después vota de nuevo
    [3] Segunda votación; votos contados: { $votes }
   *[4] Ambas votaciones
}
peer-next = { $stage ->
    [1] Cerrar la primera votación
    [2] Abrir la segunda votación
   *[3] Cerrar la segunda votación
}
peer-key-first = Primera votación
peer-key-second = Segunda votación
peer-bar = { $votes } · { $share }
# $round is 1 or 2.
peer-sentence-none = { $round ->
    [1] En la primera votación
   *[2] En la segunda
} no votó nadie.
peer-sentence = { $round ->
    [1] En la primera votación
   *[2] En la segunda
}, el { $share } de { $all } eligió: { $answer }.
peer-sentence-tie = { $round ->
    [1] En la primera votación
   *[2] En la segunda
}, de { $all }, ninguna respuesta tuvo más que todas las demás; las primeras tuvieron el { $share } cada una.
