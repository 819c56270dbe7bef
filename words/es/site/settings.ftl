# The dials on the page of all settings.
# $values is what a link may give.
settings-steps = { $values }, en pasos de { $step }
settings-labels = { $values } (se muestran como { $labels })
settings-dial = { $label }. { $about }.{ $advanced ->
    [true] { " " }Mando avanzado.
   *[false] { "" }
}
