"""The wire as somebody uses it all day: keys while news comes, one line a story, what is new, density that stays."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect
from served_api import LATER, Served
from wire_articles import wire_article

Open = Callable[..., Page]


def test_news_that_comes_does_not_move_the_reader(opened: Open, here: Served) -> None:
    page = opened("/")
    expect(page.locator("#live")).to_have_text("Live.")
    page.keyboard.press("j")
    expect(page.locator(".item.here .open")).to_have_text("The ferry sails")
    here.pipeline.store.write([wire_article("mill", "The mill.", title="The mill turns", first_seen=LATER)])
    expect(page.locator(".line .open").first).to_have_text("The mill turns")
    page.keyboard.press("j")
    expect(page.locator(".item.here .open")).to_have_text("The dam holds")
    page.keyboard.press("k")
    page.keyboard.press("k")
    expect(page.locator(".item.here .open")).to_have_text("The mill turns")


def test_a_copy_that_comes_joins_its_story_s_line(opened: Open, here: Served) -> None:
    page = opened("/")
    expect(page.locator("#live")).to_have_text("Live.")
    copy = wire_article(
        "copy", "A dam.", title="The dam, again", source="copy.example", story_id="dam", first_seen=LATER
    )
    here.pipeline.store.write([copy])
    expect(page.locator(".line .open")).to_have_text(["The dam, again", "The ferry sails"])
    expect(page.locator(".line .story")).to_have_text(["2 articles, first by quay.example"])
    expect(page.locator(".line").first.locator(".chip")).to_have_text(["Ilse Brandt", "Halvern"])


def test_what_is_new_since_the_last_visit_is_told_and_density_stays(opened: Open, here: Served) -> None:
    page = opened("/")
    page.get_by_role("button", name="Denser").click()
    here.pipeline.store.write(
        [wire_article("mill", "The mill.", title="The mill turns", first_seen=LATER - timedelta(minutes=30))]
    )
    page.reload()
    expect(page.locator("#since")).to_have_text("1 new since your last visit.")
    expect(page.locator(".line.new .open")).to_have_text(["The mill turns"])
    expect(page.get_by_role("button", name="Roomier")).to_be_visible()
    page.reload()
    expect(page.locator("#since")).to_have_text("Nothing new since your last visit.")


def test_the_keys_are_shown_without_leaving_the_place(opened: Open) -> None:
    page = opened("/", width=360)
    page.keyboard.press("?")
    expect(page.locator("footer")).to_be_in_viewport()
    assert page.evaluate("window.scrollY") == 0
    page.keyboard.press("Escape")
    expect(page.locator("footer.shown")).to_have_count(0)


def test_a_chip_filters_and_is_taken_away_again(opened: Open) -> None:
    page = opened("/")
    page.get_by_role("link", name="Per Holm").click()
    expect(page.locator(".line .open")).to_have_text(["The ferry sails"])
    page.get_by_role("link", name="show all").click()
    expect(page.locator(".line .open")).to_have_count(2)
