# Notices about a link to settings of the workbench. $value and $key stand in quotes.
link-not-allowed = El enlace pide { $key }={ $value }, que no está permitido (se permite: { $allowed }); se usa el valor por defecto, { $default }.
link-unknown = El enlace tiene una clave desconocida, { $key }, que no se tiene en cuenta; se conocen: { $known }.
link-unknown-many = El enlace tiene { $count } claves que aquí se desconocen, entre ellas { $first }; no se tienen en cuenta.
link-twice = El enlace tiene { $key } más de una vez; cuenta el primer valor.
link-too-long = El enlace tiene más de { $characters } caracteres y no se tiene en cuenta.
link-more = Hay { $left } más que no se muestran.
# Stands for a default value: whether the system is light or dark.
link-theme-of-system = el del sistema
link-view-of-all = la parte entera
link-no-knob = { $key } no es ningún mando de la parte { $part }
