# What the app in the worker says by itself.

# { $reason } is the error, as Python names it.
app-goes-on = That did not work, the lab goes on. ({ $reason })
