"""What of the map is shown: a place in the middle and how near it is. Pure."""

from dataclasses import dataclass

# Of the whole world, in degrees, as the map is drawn: a degree is as wide as it is high.
WIDE, HIGH = 360.0, 180.0
# An outline is exact to a tenth of a degree (cut_land.py): nearer shows its corners and no more places.
NEAREST = 32.0
STEP = 2.0


@dataclass(frozen=True, slots=True)
class View:
    """A part of the world, none of which is beyond its edge."""

    longitude: float
    latitude: float
    zoom: float

    @property
    def width(self) -> float:
        """In degrees."""
        return WIDE / self.zoom

    @property
    def height(self) -> float:
        """In degrees."""
        return HIGH / self.zoom

    @property
    def box(self) -> str:
        """As SVG has it: its left, its top (south is down), its width and height."""
        left, top = self.longitude - self.width / 2, -self.latitude - self.height / 2
        return " ".join(f"{number:.6g}" for number in (left, top, self.width, self.height))

    def shows(self, longitude: float, latitude: float) -> bool:
        """Whether a place is in it."""
        beside, above = abs(longitude - self.longitude), abs(latitude - self.latitude)
        return 2 * beside <= self.width and 2 * above <= self.height

    def moved(self, right: float, up: float) -> "View":
        """By so many of its widths and heights, as far as the world goes."""
        return view(self.longitude + right * self.width, self.latitude + up * self.height, self.zoom)

    def nearer(self, by: float) -> "View":
        """So many times as near; below one it is farther away."""
        return view(self.longitude, self.latitude, self.zoom * by)


def view(longitude: float, latitude: float, zoom: float) -> View:
    """The view nearest to this that has nothing beyond the edge."""
    near = min(NEAREST, max(1.0, zoom))
    aside, above = (WIDE - WIDE / near) / 2, (HIGH - HIGH / near) / 2
    return View(min(aside, max(-aside, longitude)), min(above, max(-above, latitude)), near)


WORLD = view(0, 0, 1)

REGIONS = {
    "Europe": view(15, 52, 5),
    "Middle East": view(45, 30, 8),
    "Africa": view(18, 2, 2.25),
    "Central Asia": view(68, 42, 6),
    "East Asia": view(115, 32, 4),
    "South Asia": view(80, 20, 6),
    "North America": view(-95, 42, 3),
    "South America": view(-60, -20, 2.5),
    "Oceania": view(140, -22, 4),
}
"""Where one looks at first, each as near as it fills the map."""
