"""What a desk asks of its archive, over HTTP: stories, speakers, people, contributors, changes, histograms."""

from datetime import timedelta

import pytest
from served_api import DAM, Served
from wire_articles import NOON, placed, wire_article


def test_a_story_counts_its_copies_and_origins(here: Served) -> None:
    copy = wire_article("copy", "The dam.", story_id="dam", first_seen=NOON, source="www.other.com")
    same = wire_article("same", "The dam.", story_id="dam", first_seen=NOON, source="news.other.com")
    here.pipeline.store.write([copy, same])
    (story,) = here.client.get("/stories", params={"q": "dam"}).json()["stories"]
    assert (story["story_id"], story["matching"], story["copies"], story["origins"]) == ("dam", 3, 2, 2)
    first = here.client.get("/stories", params={"limit": 1}).json()
    second = here.client.get("/stories", params={"limit": 1, "after": first["next"]}).json()
    assert [page["stories"][0]["story_id"] for page in (first, second)] == ["ferry", "dam"]


def test_who_speaks_and_all_that_somebody_said(here: Served) -> None:
    (speaker,) = here.client.get("/speakers", params={"q": "halvern"}).json()["speakers"]
    assert (speaker["name"], speaker["quotes"]) == ("Ilse Brandt", 1)
    person = here.client.get("/people/Ilse Brandt").json()
    assert [one["content"] for one in person["said"]["quotes"]] == ["The dam at Halvern will hold."]
    assert [one["value"] for one in person["beside"]["place"]] == ["Halvern"]
    assert here.client.get("/people/nobody").status_code == 404
    quoted = here.client.get("/contributors", params={"source": "quay.example", "since": "2026-03-01"}).json()
    assert [(one["name"], one["new"]) for one in quoted["people"]] == [("Ilse Brandt", True)]


def test_what_was_changed_after_publication(here: Served) -> None:
    dam = here.pipeline.store.get("dam")
    assert dam is not None
    later = NOON + timedelta(hours=1)
    text = DAM.replace("will hold", "may hold")
    words = (dam.quotes[0].model_copy(update={"end": dam.quotes[0].end - 1}),)
    changed = dam.model_copy(update={"revision": "2", "text": text, "quotes": words, "fetched_at": later})
    here.pipeline.store.write([changed])
    (change,) = here.client.get("/articles/dam/changes").json()["changes"]
    assert [(one["kind"], one["after"]) for one in change["quotes"]] == [("altered", "The dam at Halvern may hold.")]
    assert here.client.get("/changes", params={"quotes": True}).json()["changes"] == [change]
    assert here.client.get("/articles/ferry/changes").json()["changes"] == []


def test_a_day_is_told_by_its_stories(here: Served) -> None:
    briefing = here.client.get("/briefing", params={"day": "2026-03-02", "zone": "Europe/Kyiv"}).json()
    assert (briefing["start"], briefing["complete"]) == ("2026-03-01T22:00:00Z", True)
    assert [one["headlines"][0]["title"] for one in briefing["stories"]] == ["The ferry sails", "The dam holds"]
    (said,) = here.client.get("/briefing", params={"q": "halvern"}).json()["stories"][0]["quotes"]
    assert (said["speaker"]["name"], said["content"]) == ("Ilse Brandt", "The dam at Halvern will hold.")


def test_places_have_a_position_and_a_number_of_stories(here: Served) -> None:
    here.pipeline.store.write([placed("a", "Rain in Kyiv.", "Kyiv", 50.45, 30.52)])
    answer = here.client.get("/places", params={"q": "rain"}).json()
    (place,) = answer["places"]
    assert (place["name"], place["stories"], place["latitude"], answer["complete"]) == ("Kyiv", 1, 50.45, True)
    assert here.client.get("/places", params={"until": "2026-03-01"}).json()["places"] == []


def test_how_articles_lie_in_time(here: Served) -> None:
    summary = here.client.get("/histogram").json()
    assert (summary["total"], summary["undated"]) == (2, 2)


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/stories?after=x", "after: "),
        ("/people/Ilse%20Brandt?after=x", "after: "),
        ("/changes?after=x", "after: "),
        ("/briefing?day=yesterday", "is not a day"),
        ("/places?since=yesteryear", "since"),
        ("/contributors?since=yesteryear", "since"),
        ("/speakers?q=%28", "does not parse"),
    ],
)
def test_what_cannot_be_read_is_told(here: Served, path: str, told: str) -> None:
    answer = here.client.get(path)
    assert (answer.status_code, told in answer.json()["detail"]) == (422, True)
