# How much of the fabric's bisection bandwidth each sharding takes.
bisection-title = Bisection
bisection-axis = Of the available bisection bandwidth
bisection-saturated = saturated
bisection-not-saturated = not saturated
bisection-bar = { $share }: { $used } of { $available }
bisection-bar-nothing = nothing to send over: saturated
# { $state } is "saturated" or "not saturated".
bisection-sentence = { $sharding } sends { $used } across the middle of the fabric, { $share } of the { $available } available: { $state }.
bisection-sentence-nothing = { $sharding } sends across a fabric that can carry nothing: saturated.
bisection-table = Bisection bandwidth by sharding
bisection-row-now = { $sharding } (now)
bisection-column-sharding = Sharding
bisection-column-used = Used
bisection-column-available = Available
bisection-column-share = Share
bisection-column-state = State
bisection-formula = Share of the bisection bandwidth in use
bisection-formula-used = bytes across the middle each second
bisection-formula-available = bisection bandwidth
bisection-formula-numbers = { $used } / { $available } = { $share }
bisection-formula-source = Dally and Towles, Principles and Practices of Interconnection Networks (2004)
