"""fake for now"""

import numpy as np, math
from labpy.instruments.frontier import *
from labpy.scenarios.base import Scenario, Outcome, Truth


class CloudKnee(Scenario):
    def evaluate(self, s):
        cap = 30.0
        x = np.linspace(0.5, 40, 200)

        def c(cap, k):
            p = np.where(x < cap, k / (1 - np.minimum(x / cap, 0.9999)), np.inf)
            return p

        curves = tuple(
            FrontierCurve(k, l, x, c(cp, 1.0), c(cp, 2.0), cp, cp * 0.8, 10.0)
            for k, l, cp in [("static", "Static", 18.0), ("continuous", "Continuous", 30.0)]
        )
        cap = [z for z in curves if z.key == s["policy"]][0].capacity
        rho = s["arrival_rate"] / cap
        p = 2 / (1 - rho) if rho < 1 else math.inf
        pic = Frontier(curves, s["policy"], s["arrival_rate"], p / 2, p, rho, 10.0, 40.0, 4, 1.0)
        return Outcome(
            dict(response_p99_s=p, served_per_s=min(cap, s["arrival_rate"]), utilization=rho),
            {"LatencyThroughputFrontier": pic},
            {"arrival_rate": f"{rho:.2f} of capacity"},
        )

    def truth(self):
        return Truth(5.0, "x")

    def instruments(self):
        return (
            LatencyThroughputFrontier(
                (("static", "Static"), ("continuous", "Continuous")), (0.5, 200.0)
            ),
        )


SCENARIO = CloudKnee
