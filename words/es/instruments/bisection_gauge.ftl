# How much of the fabric's bisection bandwidth each sharding takes.
bisection-title = Bisección
bisection-axis = Del ancho de banda de bisección disponible
bisection-saturated = saturado
bisection-not-saturated = no saturado
bisection-bar = { $share }: { $used } de { $available }
bisection-bar-nothing = no hay por dónde enviar: saturado
# { $state } is "saturated" or "not saturated".
bisection-sentence = { $sharding } envía { $used } a través del centro de la red, el { $share } de los { $available } disponibles: { $state }.
bisection-sentence-nothing = { $sharding } envía por una red que no puede llevar nada: saturado.
bisection-table = Ancho de banda de bisección según el sharding
bisection-row-now = { $sharding } (ahora)
bisection-column-sharding = Sharding
bisection-column-used = Usado
bisection-column-available = Disponible
bisection-column-share = Proporción
bisection-column-state = Estado
bisection-formula = Proporción del ancho de banda de bisección en uso
bisection-formula-used = bytes a través del centro por segundo
bisection-formula-available = ancho de banda de bisección
bisection-formula-numbers = { $used } / { $available } = { $share }
bisection-formula-source = Dally y Towles, Principles and Practices of Interconnection Networks (2004)
