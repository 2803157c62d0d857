"""The outline of the world's land, cut from a topology: edges of the map, the pole, and what is too small to see."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from itertools import accumulate, pairwise
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("counted_children")

Ring = list[tuple[float, float]]
"""Degrees east and north, point by point."""
Cut = Callable[..., list[Ring]]


def written(line: Ring) -> list[tuple[int, int]]:
    """A line as TopoJSON has it: hundredths of a degree from the corner, each point by its distance from the last."""
    points = [(round((east + 180) * 100), round((north + 90) * 100)) for east, north in line]
    return [points[0], *((x - by_x, y - by_y) for (by_x, by_y), (x, y) in pairwise(points))]


def drawn(picture: str) -> list[Ring]:
    """The outlines of a picture: tenths of a degree, north is up."""
    rings = []
    for piece in re.findall(r"M([^z]+)z", picture):
        numbers = [int(number) for number in re.findall(r"-?\d+", piece)]
        along, up = accumulate(numbers[::2]), accumulate(numbers[1::2])
        rings.append([(x / 10, -y / 10) for x, y in zip(along, up, strict=True)])
    return rings


@pytest.fixture
def cut(tmp_path: Path) -> Cut:
    """The command, over lines and the shapes that are made of them by their numbers."""

    def run(lines: list[Ring], shape: list[int]) -> list[Ring]:
        topology = {
            "transform": {"scale": [0.01, 0.01], "translate": [-180, -90]},
            "arcs": [written(line) for line in lines],
            "objects": {"land": {"geometries": [{"arcs": [[shape]]}]}},
        }
        source, target = tmp_path / "land.json", tmp_path / "land.svg"
        source.write_text(json.dumps(topology), encoding="utf-8")
        subprocess.run([sys.executable, "-m", "web.pages.cut_land", source, target], check=True)
        return drawn(target.read_text(encoding="utf-8"))

    return run


def test_land_is_where_it_was(cut: Cut) -> None:
    island: Ring = [(10, 20), (30, 20), (30, 40.5), (10, 40.5), (10, 20)]
    assert cut([island], [0]) == [island]


def test_a_negative_number_is_a_line_backwards(cut: Cut) -> None:
    there: Ring = [(10, 20), (30, 20), (30, 40)]
    back: Ring = [(10, 20), (10, 40), (30, 40)]
    # where two lines meet the point is told once
    assert cut([there, back], [0, ~1]) == [[*there, (10, 40), (10, 20)]]


def test_land_over_the_edge_is_shown_at_both(cut: Cut) -> None:
    shown = cut([[(170, 60), (-170, 60), (-170, 70), (170, 70), (170, 60)]], [0])
    assert {frozenset(east for east, _ in ring) for ring in shown} == {frozenset({-190, -170}), frozenset({170, 190})}


def test_land_around_the_pole_is_closed_along_it(cut: Cut) -> None:
    shown = cut([[(-180, -70), (0, -65), (180, -70), (-180, -70)]], [0])
    assert [(-180, -70), (0, -65), (180, -70), (180, -90), (-180, -90)] in shown


def test_what_is_smaller_than_the_map_is_fine_is_left_out(cut: Cut) -> None:
    assert cut([[(10, 20), (10.02, 20), (10.02, 20.02), (10, 20)]], [0]) == []
