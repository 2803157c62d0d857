"""What of the map is shown: never anything beyond the edge of the world."""

from hypothesis import given
from hypothesis import strategies as st

from web.pages.view import HIGH, NEAREST, REGIONS, WIDE, WORLD, view

DEGREES = st.floats(-1000, 1000)
NEAR = st.floats(0.01, 1000)


@given(DEGREES, DEGREES, NEAR, st.floats(-3, 3), st.floats(-3, 3), st.floats(0.1, 10))
def test_it_is_within_the_world(lon: float, lat: float, zoom: float, right: float, up: float, by: float) -> None:
    for shown in (first := view(lon, lat, zoom), first.moved(right, up), first.nearer(by)):
        assert 1 <= shown.zoom <= NEAREST
        assert abs(shown.longitude) + shown.width / 2 <= WIDE / 2 + 1e-9
        assert abs(shown.latitude) + shown.height / 2 <= HIGH / 2 + 1e-9
        assert shown.shows(shown.longitude, shown.latitude)
        assert view(shown.longitude, shown.latitude, shown.zoom) == shown


def test_its_box_is_as_svg_has_it() -> None:
    assert WORLD.box == "-180 -90 360 180"
    assert view(30, 50, 4).box == "-15 -72.5 90 45"
    assert not view(30, 50, 4).shows(120, 50)


def test_regions_show_what_they_are_named_for() -> None:
    for name, (lon, lat) in {"Europe": (30.5, 50.4), "Middle East": (35.2, 31.8), "Oceania": (151.2, -33.9)}.items():
        assert REGIONS[name].shows(lon, lat)
