"""The map in a real browser: moved and brought nearer by links, keys and pointer, and without JavaScript."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect
from served_api import Served
from wire_articles import placed

Box = tuple[float, float, float, float]


@pytest.fixture
def mapped(opened: Callable[..., Page], here: Served) -> Callable[..., Page]:
    """mapped(javascript=…): the map, with a place in Europe and one in America."""
    here.pipeline.store.write([placed("kyiv", "Rain in Kyiv.", "Kyiv", 50.45, 30.52)])
    here.pipeline.store.write([placed("lima", "Rain in Lima.", "Lima", -12.05, -77.04)])
    return lambda **how: opened("/map", **how)


def box(page: Page) -> Box:
    left, top, width, height = (
        float(number) for number in (page.locator("svg.map").get_attribute("viewBox") or "").split()
    )
    return left, top, width, height


def names(page: Page) -> list[str]:
    return page.locator(".results .open").all_text_contents()


def test_links_bring_it_nearer_without_javascript(mapped: Callable[..., Page]) -> None:
    page = mapped(javascript=False)
    assert (box(page), sorted(names(page))) == ((-180, -90, 360, 180), ["Kyiv", "Lima"])
    page.get_by_role("link", name="Europe").click()
    assert names(page) == ["Kyiv"]
    europe = box(page)
    page.get_by_role("link", name="Farther").click()
    assert box(page)[2] == 2 * europe[2]
    page.get_by_role("link", name="West").click()
    assert box(page)[0] < europe[0]
    page.get_by_label("Only").fill("rain")
    page.get_by_role("button", name="Show").click()
    assert box(page)[2] == 2 * europe[2]
    page.get_by_role("link", name="World").click()
    assert box(page) == (-180, -90, 360, 180)


def test_links_move_it_in_place_and_the_address_says_where(mapped: Callable[..., Page]) -> None:
    page = mapped()
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    before = page.locator("svg.map circle").first.get_attribute("r")
    page.get_by_role("link", name="Nearer").click()
    assert box(page) == (-90, -45, 180, 90)
    assert float(page.locator("svg.map circle").first.get_attribute("r") or 0) == float(before or 0) / 2
    page.get_by_role("link", name="Europe").click()
    place = parse_qs(urlsplit(page.url).query)
    assert (place["lon"], place["lat"], place["zoom"]) == (["15"], ["52"], ["5"])
    europe = box(page)
    page.reload()
    assert box(page) == pytest.approx(europe)
    assert names(page) == ["Kyiv"]


def test_keys_move_it(mapped: Callable[..., Page]) -> None:
    page = mapped()
    page.locator("#mapped").focus()
    page.keyboard.press("+")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    assert box(page) == (-45, -67.5, 180, 90)
    for _ in range(9):
        page.keyboard.press("+")
    assert box(page)[2] == 360 / 32
    page.keyboard.press("-")
    assert box(page)[2] == 360 / 16
    page.keyboard.press("0")
    page.keyboard.press("ArrowLeft")
    assert box(page) == (-180, -90, 360, 180)


def test_the_pointer_drags_it_and_a_click_still_opens_a_dot(mapped: Callable[..., Page]) -> None:
    page = mapped()
    page.get_by_role("link", name="Europe").click()
    europe = box(page)
    dot = page.locator("svg.map circle").nth(names(page).index("Kyiv")).bounding_box()
    assert dot
    x, y = dot["x"] + dot["width"] / 2, dot["y"] + dot["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 100, y + 50, steps=4)
    page.mouse.up()
    moved = box(page)
    assert (moved[0] < europe[0], moved[1] < europe[1], page.url.split("?")[0][-4:]) == (True, True, "/map")
    page.mouse.move(x + 100, y + 50)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    expect(page.locator("svg.map")).not_to_have_attribute("viewBox", " ".join(f"{number:g}" for number in moved))
    assert box(page)[2] == pytest.approx(moved[2] / 2)
    page.mouse.click(x + 100, y + 50)
    expect(page.locator(".results .open")).to_have_text(["Rain"])


def test_two_fingers_bring_nearer_what_is_between_them(mapped: Callable[..., Page]) -> None:
    page = mapped()
    frame = page.locator("svg.map").bounding_box()
    assert frame
    x, y = frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2
    fingers = page.context.new_cdp_session(page)

    def touch(kind: str, *apart: float) -> None:
        """Two fingers, beside one another on a level with the middle, each so far from it."""
        points = [{"x": x + side * one, "y": y, "id": number} for one in apart for number, side in enumerate((-1, 1))]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    shown = expect(page.locator("svg.map"))
    touch("touchStart", 40)
    for apart, seen in ((80, "-90 -45 180 90"), (20, "-180 -90 360 180"), (160, "-45 -22.5 90 45")):
        touch("touchMove", apart)
        shown.to_have_attribute("viewBox", seen)
    touch("touchEnd")
    page.locator("#mapped").focus()
    page.keyboard.press("-")
    shown.to_have_attribute("viewBox", "-90 -45 180 90")
