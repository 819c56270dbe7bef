import math

import pytest

from labpy.instruments.quantities import (
    DOLLARS,
    GIGABYTES,
    KIBIBYTES,
    MILLISECONDS,
    compact,
    plain,
)


@pytest.mark.parametrize(
    ("quantity", "value", "written"),
    [
        (MILLISECONDS, 0.0167, "16.7 ms"),
        (MILLISECONDS, 0, "0 ms"),
        (MILLISECONDS, -0.002, "−2.00 ms"),
        (KIBIBYTES, 2048, "2.00 KiB"),
        (GIGABYTES, 80e9, "80.0 GB"),
        (DOLLARS, 0.7, "$0.70"),
        (DOLLARS, 12.345, "$12.3"),
        (DOLLARS, -2, "−$2.00"),
        (MILLISECONDS, math.inf, "without end"),
        (MILLISECONDS, math.nan, "not known"),
    ],
)
def test_a_value_is_written_in_its_unit(quantity, value, written):
    assert quantity.write(value) == written


@pytest.mark.parametrize(
    ("value", "written"), [(0.01, "0.01"), (10, "10"), (2000, "2k"), (1e6, "1M"), (5e9, "5G")]
)
def test_ticks_are_short(value, written):
    assert compact(value) == written


@pytest.mark.parametrize(("value", "written"), [(8.0, "8"), (2.5, "2.5"), (100, "100"), (0, "0")])
def test_a_chosen_number_has_no_zeros_after_it(value, written):
    assert plain(value) == written
