"""Points on Chinese maps and where they are: known pairs, and there and back again."""

from math import cos, hypot, inf, isnan, nan, radians

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from core.places import to_gcj02, to_wgs84

Point = tuple[float, float]

# As the tests of the published ports have them (the first three), and as a map service answered (the last).
PAIRS = {
    "Shanghai": ((31.1774276, 121.5272106), (31.17530398364597, 121.531541859215)),
    "Shenzhen": ((22.543847, 113.912316), (22.540796131694766, 113.9171764808363)),
    "Beijing": ((39.911954, 116.377817), (39.91334545536069, 116.38404722455657)),
    "a map service": ((39.90734, 116.39089), (39.90874539, 116.39713623)),
}


def metres(one: Point, other: Point) -> float:
    degree = 111_320
    return hypot((one[0] - other[0]) * degree, (one[1] - other[1]) * degree * cos(radians(one[0])))


@pytest.mark.parametrize(("true", "shown"), PAIRS.values(), ids=PAIRS)
def test_known_points_are_within_a_metre_both_ways(true: Point, shown: Point) -> None:
    assert metres(to_gcj02(*true), shown) < 1
    assert metres(to_wgs84(*shown), true) < 1
    assert metres(true, shown) > 400


@pytest.mark.parametrize(
    "point",
    [(48.1519, 16.9485), (40.7128, -74.006), (-33.8688, 151.2093), (0.0, 0.0), (90.0, 105.0), (-90.0, 180.0)],
)
def test_points_outside_china_stay_where_they_are(point: Point) -> None:
    assert to_gcj02(*point) == point
    assert to_wgs84(*point) == point


@given(st.floats(0.8293, 55.8271), st.floats(72.004, 137.8347))
@example(0.8293, 105.0)
@example(55.8271, 137.8347)
@example(35.0, 105.0)
def test_every_point_in_china_comes_back(latitude: float, longitude: float) -> None:
    back = to_wgs84(*to_gcj02(latitude, longitude))
    assert back == pytest.approx((latitude, longitude), abs=1e-6, rel=0)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_point_of_the_earth_comes_back(latitude: float, longitude: float) -> None:
    """But for those just outside the rectangle, which maps show where they show others."""
    for value, edges in ((latitude, (0.8293, 55.8271)), (longitude, (72.004, 137.8347))):
        assume(all(abs(value - edge) > 0.02 for edge in edges))
    back = to_wgs84(*to_gcj02(latitude, longitude))
    assert back == pytest.approx((latitude, longitude), abs=1e-6, rel=0)


@given(st.floats(1, 55), st.floats(73, 137))
def test_no_point_moves_further_than_two_kilometres(latitude: float, longitude: float) -> None:
    assert metres((latitude, longitude), to_gcj02(latitude, longitude)) < 2_000


def test_a_point_just_outside_that_maps_show_inside_stays() -> None:
    edge = (35.0, 72.004)
    shown = to_gcj02(*edge)
    between = (shown[0], (edge[1] + shown[1]) / 2)
    assert to_wgs84(*between) == between


def test_what_is_no_point_comes_back_as_it_is() -> None:
    assert to_gcj02(inf, 105.0) == (inf, 105.0)
    assert all(map(isnan, to_wgs84(nan, nan)))
