# The dials on the page of all settings.
# $values is what a link may give.
settings-steps = { $values }, steps of { $step }
settings-labels = { $values } (shown as { $labels })
settings-dial = { $label }. { $about }.{ $advanced ->
    [true] { " " }Advanced dial.
   *[false] { "" }
}
