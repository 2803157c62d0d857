"""Cut land.svg from Natural Earth's land at 1:110 million, in the TopoJSON of the npm package world-atlas 2.0.2
(static/LICENSE-land.txt): `python -m web.pages.cut_land land-110m.json web/pages/static/land.svg`.

A unit is a tenth of a degree, as fine as a map of the world shows on a screen.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

Point = tuple[int, int]
# Units a degree, and around the world.
FINE = 10
ROUND = 360 * FINE
HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1800 -900 3600 1800">'
    "<!-- Natural Earth, public domain; by world-atlas, ISC: LICENSE-land.txt -->"
    '<path fill="#8a8f96" fill-opacity=".4" d="'
)


def arcs(topology: Any) -> list[list[Point]]:
    """The lines that shapes are made of. In the file each point is told by its distance from the one before."""
    (wide, high), (left, low) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        along = accumulate(x for x, _ in arc)
        up = accumulate(y for _, y in arc)
        lines.append(
            [(round((x * wide + left) * FINE), -round((y * high + low) * FINE)) for x, y in zip(along, up, strict=True)]
        )
    return lines


def rings(topology: Any) -> Iterator[list[Point]]:
    """The outlines. A negative number is the line of that complement, backwards."""
    lines = arcs(topology)
    for shape in topology["objects"]["land"]["geometries"]:
        for polygon in shape["arcs"]:
            for ring in polygon:
                points = [p for number in ring for p in (lines[number] if number >= 0 else lines[~number][::-1])]
                yield from shown(unrolled(points))


def unrolled(ring: list[Point]) -> list[Point]:
    """Without the jump from one edge of the map to the other; a ring around the pole is closed along it."""
    found = ring[:1]
    for (before, _), (x, y) in pairwise(ring):
        turns = round((before - x) / ROUND)
        point = (found[-1][0] + x - before + turns * ROUND, y)
        if point != found[-1]:
            found.append(point)
    south = 90 * FINE
    return found if found[-1][0] == found[0][0] else [*found, (found[-1][0], south), (found[0][0], south)]


def shown(ring: list[Point]) -> Iterator[list[Point]]:
    """The ring, and what of it lies beyond an edge at the other."""
    for turn in (-ROUND, 0, ROUND):
        moved = [(x + turn, y) for x, y in ring]
        if any(2 * abs(x) < ROUND for x, _ in moved):
            yield moved


def path(outlines: Iterable[list[Point]]) -> str:
    """As an SVG path, each point by its distance from the one before; what is smaller than a unit is left out."""
    pieces = []
    for (x, y), *rest in outlines:
        if len(rest) > 2:
            steps = [f"{to[0] - by[0]} {to[1] - by[1]}" for by, to in pairwise([(x, y), *rest])]
            pieces.append(f"M{x} {y}l{' '.join(steps)}z")
    return "".join(pieces).replace(" -", "-")


if __name__ == "__main__":
    source, target = sys.argv[1:]
    found = json.loads(Path(source).read_text(encoding="utf-8"))
    Path(target).write_text(f'{HEAD}{path(rings(found))}"/></svg>\n', encoding="utf-8")
