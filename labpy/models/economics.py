"""What serving costs: a token, a user, a year, and when it overtakes the training.

Money is in US dollars (``_usd``), rates of money in their stated unit. No discounting.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks

Array = NDArray[np.float64]

DAYS_PER_YEAR = 365.0
HOURS_PER_YEAR = 24.0 * DAYS_PER_YEAR
HOURS_PER_MONTH = HOURS_PER_YEAR / 12.0
JOULES_PER_KWH = 3.6e6


def _plain(values: ArrayLike) -> Array | float:
    array = np.asarray(values, dtype=float)
    return float(array) if array.ndim == 0 else array


def cost_per_million_tokens(
    price_per_hour_usd: ArrayLike, output_tokens_per_s: ArrayLike, utilization: ArrayLike = 1.0
) -> Array | float:
    """Dollars for a million output tokens; ``inf`` at no throughput.

    Parameters
    ----------
    price_per_hour_usd
        Price of all accelerators of the deployment together, for an hour.
    output_tokens_per_s
        What the deployment produces while it is busy.
    utilization
        Share of the paid time in which it is busy, in [0, 1]. The arguments broadcast.

    Examples
    --------
    Eight accelerators at $2.50 an hour and 2,000 tokens a second, half of the time idle:

    >>> round(cost_per_million_tokens(20.0, 2000.0, 0.5), 2)
    5.56
    """
    price = _checks.non_negative("price_per_hour_usd", price_per_hour_usd)
    rate = _checks.non_negative("output_tokens_per_s", output_tokens_per_s)
    busy = _checks.probability("utilization", utilization)
    tokens_per_hour = np.asarray(rate * busy * 3600.0 + np.zeros_like(price))
    cost = np.full(tokens_per_hour.shape, np.inf)
    np.divide(price * 1e6, tokens_per_hour, out=cost, where=tokens_per_hour > 0)
    return _plain(cost)


def cost_per_user_month(
    price_per_hour_usd: ArrayLike, users: ArrayLike, peak_to_mean: ArrayLike = 1.0
) -> Array | float:
    """Dollars that a user costs in a month (730 hours).

    Parameters
    ----------
    price_per_hour_usd
        Price of the whole deployment for an hour, paid around the clock.
    users
        Users that it serves within its targets at once.
    peak_to_mean
        Registered users for each that is active at the peak, at least 1: they share the cost.

    Examples
    --------
    >>> round(cost_per_user_month(20.0, 100), 2)
    146.0
    """
    price = _checks.non_negative("price_per_hour_usd", price_per_hour_usd)
    users = _checks.positive("users", users)
    sharing = _checks.positive("peak_to_mean", peak_to_mean)
    if (sharing < 1).any():
        raise ValueError(f"peak_to_mean must be 1 or greater, got {peak_to_mean!r}")
    return _plain(price * HOURS_PER_MONTH / (users * sharing))


def energy_per_token_j(power_w: ArrayLike, output_tokens_per_s: ArrayLike) -> Array | float:
    """Joules for an output token: power over throughput; ``inf`` at no throughput.

    Examples
    --------
    >>> energy_per_token_j(8 * 700.0, 2000.0)
    2.8
    """
    power = _checks.non_negative("power_w", power_w)
    rate = _checks.non_negative("output_tokens_per_s", output_tokens_per_s)
    power, rate = np.broadcast_arrays(power, rate)
    energy = np.full(power.shape, np.inf)
    np.divide(power, rate, out=energy, where=rate > 0)
    return _plain(energy)


def electricity_cost_usd(
    power_w: ArrayLike, hours: ArrayLike, price_per_kwh_usd: ArrayLike, overhead: ArrayLike = 1.0
) -> Array | float:
    """Dollars of electricity.

    ``overhead`` is the power usage effectiveness of the building (1 or more): what cooling and
    conversion add.

    Examples
    --------
    A kilowatt for a year at 10 cents and an effectiveness of 1.2:

    >>> round(electricity_cost_usd(1000.0, 8760.0, 0.10, 1.2), 2)
    1051.2
    """
    power = _checks.non_negative("power_w", power_w)
    hours = _checks.non_negative("hours", hours)
    price = _checks.non_negative("price_per_kwh_usd", price_per_kwh_usd)
    overhead = _checks.positive("overhead", overhead)
    if (overhead < 1).any():
        raise ValueError(f"overhead must be 1 or greater, got {overhead!r}")
    return _plain(power * overhead * hours * 3600.0 / JOULES_PER_KWH * price)


@dataclass(frozen=True)
class OwnedFleet:
    """Yearly cost of accelerators that are bought: capital apart from operation.

    Attributes
    ----------
    capex_usd
        Price of the machines.
    capex_per_year_usd
        Their price over the years of their life, in equal parts.
    opex_per_year_usd
        Electricity and upkeep of a year.
    price_per_hour_usd
        Both together for an hour: comparable with a rental price.
    """

    capex_usd: float
    capex_per_year_usd: float
    opex_per_year_usd: float
    price_per_hour_usd: float


def owned_fleet(
    machines: int,
    machine_price_usd: float,
    lifetime_years: float,
    power_w: float,
    price_per_kwh_usd: float,
    overhead: float = 1.2,
    upkeep_per_year: float = 0.05,
) -> OwnedFleet:
    """Split the cost of owning machines into capital and operation.

    Parameters
    ----------
    machines, machine_price_usd
        How many, and what one costs.
    lifetime_years
        Years over which the price is written off.
    power_w
        Mean power of one machine.
    price_per_kwh_usd
        Price of electricity.
    overhead
        Power usage effectiveness of the building.
    upkeep_per_year
        Staff, space and repairs in a year, as a share of the price (assumption: 0.05).

    Examples
    --------
    >>> fleet = owned_fleet(1, 300_000.0, 4.0, 8_000.0, 0.10)
    >>> round(fleet.capex_per_year_usd), round(fleet.opex_per_year_usd)
    (75000, 23410)
    """
    machines = _checks.single_count("machines", machines)
    price = _checks.single_non_negative("machine_price_usd", machine_price_usd)
    years = _checks.single_positive("lifetime_years", lifetime_years)
    upkeep = _checks.single_non_negative("upkeep_per_year", upkeep_per_year)
    electricity = electricity_cost_usd(power_w, HOURS_PER_YEAR, price_per_kwh_usd, overhead)
    capex = machines * price
    opex = machines * electricity + upkeep * capex
    return OwnedFleet(capex, capex / years, opex, (capex / years + opex) / HOURS_PER_YEAR)


@dataclass(frozen=True)
class CostDominance:
    """Training once against serving for years; the fields broadcast.

    Attributes
    ----------
    training_usd
        Paid once (capital).
    serving_per_year_usd
        Paid every year (operation).
    serving_total_usd, total_usd
        Serving over all years; training and serving.
    serving_share
        Share of serving in the total.
    crossover_years
        When serving has cost as much as training; ``inf`` if never.
    """

    training_usd: Array | float
    serving_per_year_usd: Array | float
    serving_total_usd: Array | float
    total_usd: Array | float
    serving_share: Array | float
    crossover_years: Array | float


def cost_dominance(
    users: ArrayLike,
    requests_per_user_day: ArrayLike,
    cost_per_request_usd: ArrayLike,
    training_usd: ArrayLike,
    years: ArrayLike = 1.0,
) -> CostDominance:
    """Weigh a cost paid once against one paid daily: the Serving Cost Dominance Law.

    Parameters
    ----------
    users, requests_per_user_day, cost_per_request_usd
        Their product is the cost of serving for a day.
    training_usd
        Cost of the training.
    years
        Years in service. All arguments broadcast.

    Notes
    -----
    The textbook's figures (Machine Learning Systems, volume 2, chapter on distributed inference):
    a million users, 50 requests a day at a tenth of a cent, against two million for training.

    Examples
    --------
    >>> law = cost_dominance(1e6, 50, 0.001, 2e6)
    >>> law.serving_per_year_usd
    18250000.0
    >>> round(law.crossover_years * 365), round(law.serving_share, 2)  # days
    (40, 0.9)
    """
    users = _checks.non_negative("users", users)
    requests = _checks.non_negative("requests_per_user_day", requests_per_user_day)
    cost = _checks.non_negative("cost_per_request_usd", cost_per_request_usd)
    training = _checks.non_negative("training_usd", training_usd)
    years = _checks.non_negative("years", years)
    per_year = users * requests * cost * DAYS_PER_YEAR
    per_year, training, years = np.broadcast_arrays(per_year, training, years)
    total = training + per_year * years
    share, crossover = np.zeros(total.shape), np.full(total.shape, np.inf)
    np.divide(per_year * years, total, out=share, where=total > 0)
    with np.errstate(over="ignore"):  # next to nothing a year: never
        np.divide(training, per_year, out=crossover, where=per_year > 0)
    return CostDominance(
        _plain(training),
        _plain(per_year),
        _plain(per_year * years),
        _plain(total),
        _plain(share),
        _plain(np.where(training == 0, 0.0, crossover)),
    )
