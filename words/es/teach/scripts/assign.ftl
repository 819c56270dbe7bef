# What the page that makes assignments says.

assign-part = Parte { $number }: { $title }
# A limit as the lab itself sets it.
assign-own = { $bound } (el del laboratorio)
assign-limit-of = Parte { $part }, { $label }
assign-from = Límite
assign-to = hasta
assign-same = el mismo para todos
assign-no-part = Elige una parte.
assign-good = Parte { $number }, { $title }: el inicio no cumple, el ajuste tentador no cumple, y un ajuste cumple con holgura.
assign-unmet = Parte { $number }, { $title }: no se conoce ningún ajuste que cumpla a la vez estos límites. Afloja uno de ellos.
assign-too-loose = Parte { $number }, { $title }: con estos límites, el inicio o el ajuste tentador cumpliría, o casi. Haz más estricto uno de ellos.
assign-copied = Copiado.
assign-copy-yourself = El navegador no deja copiar a la página: el texto está seleccionado; cópialo tú.

## The text to paste

assign-said-parts = { $count ->
    [one] la parte { $parts }
   *[other] las partes { $parts }
}
assign-said = Tarea en el Fleet Serving Lab: { $parts } de { $track }.
assign-said-due = Fecha final: { $due }.
assign-said-limit = Parte { $part }, { $label }: { $from } en lugar de { $own }.
assign-said-range = Parte { $part }, { $label }: un límite solo para ti, desde { $from } hasta { $to }, en lugar de { $own }.
assign-said-link = Abre este enlace: { $link }
assign-said-hand-in = Cuando hayas guardado cada parte, escribe tu nombre al pie de la página, exporta la bitácora como JSON y entrega ese archivo.
# A command, the same in each language.
assign-said-scorm = uv run build.py scorm --assign { $word }
