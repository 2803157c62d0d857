"""Which article an entry is: never two in one, never one twice, whoever stands beside it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pytest

from producers.article.canonical import former_url
from producers.article.identity import id_of_form
from producers.parse import Entry
from producers.polling.new_entries import FeedDiff, PageBudget, select_new
from producers.polling.prints import ID_CHARS, print_of
from producers.polling.settings import PollSettings
from schemas.feed import Feed

SITE = "https://quay.example"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def entry(title: str, link: str | None, guid: str | None = None, text: str = "") -> Entry:
    return Entry(title=title, link=f"{SITE}{link}" if link else None, guid=guid, summary=text or f"About {title}.")


class Reader:
    """A feed read document by document."""

    def __init__(self, before: Mapping[str, str] | None = None, entries: int = 1000) -> None:
        self.seen: Mapping[str, str] = before or {}
        self.shared: Sequence[str] = ()
        self.settings = PollSettings(entries=entries)
        self.ids: dict[str, set[str]] = {}

    def read(self, *entries: Entry) -> tuple[list[str], list[str]]:
        """Titles that are new, and titles that are changed, of the next document."""
        diff = self.diff(*entries)
        for fate in diff.fates:
            if fate.id:
                self.ids.setdefault(fate.entry.title, set()).add(fate.id)
        fates = [(fate.became, fate.entry.title) for fate in diff.fates]
        assert len(fates) == len(entries)
        return tuple([title for became, title in fates if became == wanted] for wanted in ("new", "changed"))  # type: ignore[return-value]

    def diff(self, *entries: Entry) -> FeedDiff:
        budget = PageBudget(self.settings)
        diff = select_new(Feed(url=f"{SITE}/feed"), entries, self.seen, NOW, budget, shared=self.shared)
        self.seen, self.shared = diff.seen, diff.shared
        return diff


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/minutes.php?ref=11", "/minutes.php?ref=12"),
        ("/funds/sheet?share=PIER", "/funds/sheet?share=DOCK"),
        ("/offers?campaign=spring", "/offers?campaign=summer"),
        ("/doc?partner_id=1", "/doc?partner_id=2"),
        ("/podium?mobile=nokia", "/podium?mobile=volla"),
        ("/storm#1430", "/storm#1500"),
        ("/", "/"),
    ],
)
@pytest.mark.parametrize("guids", [("g1", "g2"), (None, None)])
@pytest.mark.parametrize("together", [True, False])
def test_two_articles_stay_two(one: str, other: str, guids: tuple[str | None, str | None], together: bool) -> None:
    reader = Reader()
    first, second = entry("Tide tables", one, guids[0]), entry("Crane falls", other, guids[1])
    if together:
        assert sorted(reader.read(second, first)[0]) == ["Crane falls", "Tide tables"]
    else:
        assert reader.read(first)[0] == ["Tide tables"]
        assert reader.read(second)[0] == ["Crane falls"]
    assert reader.read(first) == ([], [])
    assert reader.read(second, first) == ([], [])
    assert len(set.union(*reader.ids.values())) == 2


def test_a_live_page_that_loses_its_posts_brings_none_again() -> None:
    posts = [entry(f"Post {n} of the flood", f"/flood#p{n}", f"post-{n}") for n in (3, 2, 1)]
    reader = Reader()
    assert len(reader.read(*posts)[0]) == 3
    assert reader.read(posts[0]) == ([], [])
    assert reader.read() == ([], [])
    assert reader.read(entry("Post 4 of the flood", "/flood#p4", "post-4"), posts[0])[0] == ["Post 4 of the flood"]


def test_a_live_page_of_one_entry_at_a_time_for_longer_than_memory() -> None:
    reader = Reader()
    for number in range(150):
        post = entry(f"At {number} o'clock: level {number}", f"/flood#p{number}", f"post-{number}")
        assert len(reader.read(post)[0]) == 1
    assert len(set.union(*reader.ids.values())) == 150


@pytest.mark.parametrize("guid", ["https://quay.example/n/crane#{}", "https://quay.example/n/crane?v={}", "n/crane-{}"])
def test_a_guid_that_counts_versions_names_one_article(guid: str) -> None:
    reader = Reader()
    first = entry("Crane falls in harbour", "/n/crane", guid.format(1))
    assert reader.read(first) == (["Crane falls in harbour"], [])
    second = entry("Crane falls in harbour, two hurt", "/n/crane", guid.format(2))
    assert reader.read(second, first) == ([], ["Crane falls in harbour, two hurt"])
    assert reader.read(second) == ([], [])
    assert len(set.union(*reader.ids.values())) == 1


def test_posts_that_are_numbered_are_no_versions() -> None:
    posts = [
        entry(title, "/flood", f"https://quay.example/flood#{n}")
        for n, title in enumerate(["Dam holds", "Bridge shut"])
    ]
    assert len(Reader().read(*posts)[0]) == 2


def test_a_new_guid_under_the_same_link_is_an_edit() -> None:
    reader = Reader()
    reader.read(entry("Crane falls", "/n/crane", "a1"))
    assert reader.read(entry("Crane falls; two hurt", "/n/crane", "a2")) == ([], ["Crane falls; two hurt"])


def test_the_same_thing_under_the_same_guid_is_known_wherever_its_link_leads() -> None:
    reader = Reader()
    reader.read(entry("Crane falls", "/out?token=1", "a1"))
    assert reader.read(entry("Crane falls", "/out?token=2", "a1")) == ([], [])


@pytest.mark.parametrize(
    "link", ["/n/crane?intcid=7", "/n?b=1&a=2", "/n/crane?from=rss", "/tags/amp", "/n/x?ck_subscriber_id=3"]
)
def test_what_was_seen_under_the_former_form_keeps_its_id(link: str) -> None:
    old = entry("Crane falls", link, "a1")
    was = id_of_form(former_url(f"{SITE}{link}"))
    reader = Reader({was[:ID_CHARS]: print_of(old, None, "").shown})
    assert reader.read(old) == ([], [])
    assert reader.read(entry("Crane falls; two hurt", link, "a1")) == ([], ["Crane falls; two hurt"])
    assert reader.ids["Crane falls; two hurt"] == {was}


def test_memory_of_an_earlier_version_brings_nothing_again() -> None:
    """Front pages and live pages were named by link or guid, by who stood beside them."""
    page = [entry("Item 1", "/", "f1"), entry("Flood: 1", "/flood#1", "p1")]
    before = {id_of_form(former_url(str(one.link)))[:ID_CHARS]: print_of(one, None, "").shown for one in page}
    reader = Reader(before)
    assert reader.read(*page) == ([], [])
    assert reader.read(entry("Item 2", "/", "f2"), entry("Flood: 2", "/flood#2", "p2"), *page)[0] == [
        "Flood: 2",
        "Item 2",
    ]


@pytest.mark.parametrize("kind", ["dates", "guids", "links", "nothing"])
def test_a_feed_that_grows_at_its_end_is_cut_at_its_beginning(kind: str) -> None:
    def item(number: int) -> Entry:
        spelt = "".join(chr(ord(digit) + 50) for digit in str(number))
        return Entry(
            title=f"Item {number}",
            link=f"{SITE}/n/{number if kind == 'links' else spelt}",
            guid=f"g{number}" if kind == "guids" else None,
            published=datetime.fromtimestamp(1_600_000_000 + 60 * number, UTC) if kind == "dates" else None,
        )

    reader = Reader(entries=20)
    assert "Item 49" in reader.read(*map(item, range(50)))[0]
    assert reader.read(*map(item, range(51)))[0] == ["Item 50"]
