"""An article of markup, bidi controls, addresses that run and one endless word does nothing and breaks no layout."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from served_api import LATER, Served
from wire_articles import wire_article

from schemas.article import Entity

HOSTILE = '<script>window.ran=1</script><svg onload="window.ran=2"><img src=x onerror="window.ran=3"> \u202egnirts'
PATHS = ("/", "/search?q=endless", "/articles/hostile", "/stories/hostile", "/quotes", "/quotes/hostile:0")


@pytest.fixture
def hostile(here: Served) -> None:
    said = f"The endless {HOSTILE} will not end."
    text = f"Ilse Brandt said: “{said}” {HOSTILE}\n{'x' * 100_000}"
    article = wire_article(
        "hostile", text, said=[(said, "Ilse Brandt", HOSTILE)], title=HOSTILE + "y" * 2_000, source="z" * 500,
        url="javascript:window.ran=4", first_seen=LATER,
    )  # fmt: skip
    named = Entity(start=0, end=11, kind="person", text="Ilse Brandt", name='"><script>window.ran=5</script>')
    here.pipeline.store.write([article.model_copy(update={"entities": (named,)})])


@pytest.mark.usefixtures("hostile")
@pytest.mark.parametrize("path", PATHS)
def test_it_does_nothing_and_fits(opened: Callable[..., Page], path: str) -> None:
    for width in (360, 1280):
        page = opened(path, width)
        expect(page.get_by_text("<script>window.ran=1</script>").first).to_be_attached()
        assert page.evaluate("window.ran") is None
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("main svg:not(.over-time), main img, main script, a[href^='javascript']").count() == 0
        assert "\u202e" not in page.content()
