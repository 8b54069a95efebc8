"""Points on the map: the degrees that satellites give, and those that Chinese maps show."""

from math import asin, cos, pi, radians, sin, sqrt

_AXIS, _FLATNESS = 6378245.0, 0.00669342162296594323
"""Of the ellipsoid of Krasovsky (1940): the longer half axis in metres, the eccentricity squared."""
_SOUTH, _NORTH, _WEST, _EAST = 0.8293, 55.8271, 72.004, 137.8347
"""The rectangle in which the published formula applies; it goes beyond China's borders."""
_MARGIN = 0.1
"""Degrees; no point is moved as far."""
_ROUNDING = 1e-9
"""Degrees by which a point right on the edge may seem to be outside."""
_EARTH = 6_371_000
"""The mean radius of the earth in metres."""
_ROUNDS = 10
"""Of coming closer; each makes the error about a hundred times smaller."""


def to_gcj02(latitude: float, longitude: float) -> tuple[float, float]:
    """A point in WGS-84 as Chinese maps show it; outside China it stays where it is.

    The offset is no secret any more, but was never published by the state: this is the formula that has been
    in public since 2013 as `EvilTransform` (coolypf, of the project on4wp7), with many ports such as
    eviltransform and coordtransform. What map services answer differs from it by less than a metre or two.
    """
    if not _is_covered(latitude, longitude):
        return latitude, longitude
    north, east = _offset(latitude, longitude)
    return latitude + north, longitude + east


def to_wgs84(latitude: float, longitude: float) -> tuple[float, float]:
    """The point in WGS-84 that Chinese maps show here; outside China it is the same.

    The offset has no inverse in closed form, so this comes closer step by step, to less than a millimetre.
    """
    if not _is_covered(latitude, longitude, _MARGIN):
        return latitude, longitude
    true_latitude, true_longitude = latitude, longitude
    for _ in range(_ROUNDS):
        north, east = _offset(true_latitude, true_longitude)
        true_latitude, true_longitude = latitude - north, longitude - east
    if not _is_covered(true_latitude, true_longitude, _ROUNDING):
        return latitude, longitude
    return true_latitude, true_longitude


def metres_between(one: tuple[float, float], other: tuple[float, float]) -> int:
    """How far two points (latitude, longitude in WGS-84) are apart along the ground."""
    (north, east), (other_north, other_east) = ([radians(each) for each in point] for point in (one, other))
    half = sin((other_north - north) / 2) ** 2
    half += cos(north) * cos(other_north) * sin((other_east - east) / 2) ** 2
    return round(2 * _EARTH * asin(min(1.0, sqrt(half))))


def _is_covered(latitude: float, longitude: float, margin: float = 0.0) -> bool:
    return _SOUTH - margin <= latitude <= _NORTH + margin and _WEST - margin <= longitude <= _EAST + margin


def _offset(latitude: float, longitude: float) -> tuple[float, float]:
    """How far north and east a point is moved, in degrees."""
    x, y = longitude - 105.0, latitude - 35.0
    ripple = _wave(x, (20, 6), (20, 2))
    common = 0.1 * x * y + ripple
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.2 * sqrt(abs(x)) + common
    north += _wave(y, (20, 1), (40, 1 / 3), (160, 1 / 12), (320, 1 / 30))
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * sqrt(abs(x)) + common
    east += _wave(x, (20, 1), (40, 1 / 3), (150, 1 / 12), (300, 1 / 30))
    bend = 1 - _FLATNESS * sin(radians(latitude)) ** 2
    metres_north = _AXIS * (1 - _FLATNESS) / (bend * sqrt(bend)) * pi / 180
    metres_east = _AXIS / sqrt(bend) * cos(radians(latitude)) * pi / 180
    return north / metres_north, east / metres_east


def _wave(degrees: float, *parts: tuple[float, float]) -> float:
    """Metres: two thirds of a sum of sines, each with its height and its half turns in a degree."""
    return sum(height * sin(turns * degrees * pi) for height, turns in parts) * 2 / 3
