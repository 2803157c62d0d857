"""What was said: a story's utterances in all their versions, where one quote went, a person over time."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect
from served_api import Served, news
from wire_articles import NOON, wire_article

Open = Callable[..., Page]
CUT = "The dam at Halvern will hold"


def copied(here: Served) -> None:
    """The dam's story in a second paper, forty minutes later, that left words out of the quote."""
    text = "Ilse Brandt said: “The dam at Halvern will hold, whatever the river brings.” (Reuters)"
    copy = wire_article(
        "copy",
        text,
        people=["Ilse Brandt"],
        said=[(f"{CUT}, whatever the river brings.", "Ilse Brandt")],
        title="Dam safe",
        source="copy.example",
        story_id="dam",
        published=NOON + timedelta(days=1),
        first_seen=NOON + timedelta(minutes=40),
    )
    here.pipeline.store.write([copy, news()[0].model_copy(update={"published": NOON})])


def test_a_story_has_its_origins_its_order_and_all_versions_of_a_quote(opened: Open, here: Served) -> None:
    copied(here)
    page = opened("/stories/dam", javascript=False)
    expect(page.locator(".counts li")).to_have_text(["quay.example 1", "reuters agency 1"])
    expect(page.locator(".appearing time")).to_have_text(["2026-03-02 12:00", "+40 min"])
    expect(page.locator(".quote.item")).to_have_count(1)
    page.get_by_text("2 versions in 2 articles, 2 origins").click()
    expect(page.locator(".wording .how")).to_have_text(["longer: more of the utterance than the first has"])


def test_where_a_quote_went_is_a_click_away(opened: Open, here: Served) -> None:
    copied(here)
    page = opened("/stories/dam", javascript=False)
    page.get_by_role("link", name="Everywhere").first.click()
    expect(page.locator(".meta").first).to_contain_text(
        "2 versions in 2 articles, 2 origins, first seen at quay.example"
    )
    expect(page.locator(".how").first).to_have_text("first seen")
    assert here.client.get(f"{here.address}/quotes/dam:7").status_code == 404


def test_a_person_is_quoted_over_time_with_others_and_somewhere(opened: Open, here: Served) -> None:
    copied(here)
    page = opened("/people/Ilse%20Brandt", javascript=False)
    expect(page.locator("aside h2")).to_have_text(["In which sources", "Where: places named beside them"])
    page.get_by_role("link", name="2026-03-03T12: 1").click()
    expect(page.locator(".results .open")).to_have_text(["Dam safe"])
    page.go_back()
    page.locator("aside").get_by_role("link", name="quay.example").click()
    expect(page.locator(".results .open")).to_have_text(["The dam holds"])
