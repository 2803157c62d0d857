"""A search narrowed by dragging over time or by typing it, completed by its last word; what an article was before."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect
from served_api import DAM, LATER, Served, news
from wire_articles import NOON, wire_article

Open = Callable[..., Page]
TITLES = ("Rain one", "Rain two", "Rain three")


def rain(here: Served) -> None:
    """An article on each of three days."""
    days = [NOON + timedelta(days=number) for number in range(len(TITLES))]
    here.pipeline.store.write(
        [
            wire_article(f"rain{number}", "It rained.", title=title, published=day, first_seen=day)
            for number, (title, day) in enumerate(zip(TITLES, days, strict=True))
        ]
    )


def test_the_time_is_narrowed_by_dragging(opened: Open, here: Served) -> None:
    rain(here)
    page = opened("/search?q=rained")
    expect(page.locator(".results .open")).to_have_count(3)
    place = page.locator("#over-time").bounding_box()
    assert place is not None
    middle = place["y"] + place["height"] / 2
    column = place["width"] / 40  # a picture of few columns has room for forty
    page.mouse.move(place["x"] + column * 1.5, middle)
    page.mouse.down()
    page.mouse.move(place["x"] + column * 2.5, middle)
    page.mouse.up()
    expect(page.locator(".results .open")).to_have_text(["Rain three", "Rain two"])
    expect(page.locator("#since")).to_have_value("2026-03-03")
    expect(page.locator("#until")).to_have_value("2026-03-04")


def test_the_time_is_narrowed_by_keys_and_without_javascript(opened: Open, here: Served) -> None:
    rain(here)
    page = opened("/search?q=rained", javascript=False)
    page.locator("#until").fill("2026-03-02")
    page.keyboard.press("Enter")
    expect(page.locator(".results .open")).to_have_text(["Rain one"])
    page = opened("/search?q=rained", javascript=False)
    page.get_by_role("link", name="2026-03-03: 1").click()
    expect(page.locator(".results .open")).to_have_text(["Rain two"])


def test_the_time_is_narrowed_by_keys_on_the_columns(opened: Open, here: Served) -> None:
    rain(here)
    page = opened("/search?q=rained")
    page.locator("a.column").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("a.column").nth(1)).to_be_focused()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".results .open")).to_have_text(["Rain three", "Rain two"])
    page.locator("a.column").last.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".results .open")).to_have_text(["Rain three"])


def test_a_time_that_is_none_is_told(here: Served) -> None:
    answer = here.client.get(f"{here.address}/search?q=dam&since=yesterday")
    assert answer.status_code == 422
    assert "“yesterday” is not a time" in answer.text


def test_an_error_is_shown_where_it_is(here: Served) -> None:
    answer = here.client.get(f"{here.address}/search?q=dam+AND+%29+ferry")
    assert answer.status_code == 422
    assert "cannot stand here" in answer.text
    assert "<code>dam AND <mark>) ferry</mark></code>" in answer.text


def test_a_query_is_completed_by_its_last_word(opened: Open) -> None:
    page = opened("/search")
    box = page.locator("#q")
    box.press_sequentially("dam AND bra")
    offered = page.locator("#completions option")
    expect(offered).to_have_count(1)
    expect(offered).to_have_attribute("value", 'dam AND person:"Ilse Brandt"')
    box.fill("per")
    expect(page.locator('#completions option[value="person:"]')).to_have_count(1)


def test_what_was_changed_is_on_the_article(opened: Open, here: Served) -> None:
    dam = news()[0]
    text = DAM.replace("Two engineers", "Three engineers")
    later = dam.model_copy(update={"revision": "2", "text": text, "fetched_at": LATER, "quotes": ()})
    here.pipeline.store.write([later])
    page = opened("/articles/dam", javascript=False)
    expect(page.locator("#changes del")).to_have_text(["Two engineers looked at it."])
    expect(page.locator("#changes ins")).to_have_text(["Three engineers looked at it."])


def test_what_a_copy_says_otherwise_is_a_click_away(opened: Open, here: Served) -> None:
    copy = news()[0].model_copy(
        update={"id": "copy", "text": DAM.replace("Two", "No"), "source": "copy.example", "quotes": (), "entities": ()}
    )
    here.pipeline.store.write([copy])
    page = opened("/articles/dam", javascript=False)
    page.get_by_role("link", name="what differs").click()
    expect(page.locator("#beside h2")).to_have_text("What differs in copy.example")
    expect(page.locator("#beside ins")).to_have_text(["No engineers looked at it."])
