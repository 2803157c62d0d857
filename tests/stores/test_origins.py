"""Origins: an agency that is credited is one, one that is only spoken of is none; a publisher is all its hosts."""

from datetime import timedelta

import pytest
from wire_articles import NOON, wire_article

from stores.origins import Origin, origin, origins
from stores.origins.families import family
from stores.store import Store
from stores.stories import story_origins


@pytest.mark.parametrize(
    ("host", "publisher"),
    [
        ("news.bbc.co.uk", "bbc.co.uk"),
        ("www.bbc.com", "bbc.co.uk"),
        ("usa.chinadaily.com.cn", "chinadaily.com.cn"),
        ("a.blogspot.com", "a.blogspot.com"),
        ("WWW.Example.ORG.", "example.org"),
        ("Daily Planet", "daily planet"),
        ("127.0.0.1", "127.0.0.1"),
        ("bit.ly", ""),
        ("", ""),
    ],
)
def test_a_publisher_is_all_hosts_of_its_domain(host: str, publisher: str) -> None:
    assert family(host) == publisher


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("LONDON (Reuters) - Shares fell on Monday.", "reuters"),
        ("WASHINGTON, D.C. (AP) — The president spoke.", "ap"),
        ("Title\n\nBerlin (dpa) Der Kanzler kommt.", "dpa"),
        ("МОСКВА, 3 марта. /ТАСС/. Министр сказал.", "tass"),
        ("Xinhua | Updated: 2017-09-15 17:52\nChina opposes it.", "xinhua"),
        ("Er kommt morgen.\n\ndpa", "dpa"),
        ("Das sagte er am Montag. rc/kms (AFP)", "afp"),
        ("It ended. (Reporting by Jane Doe; Editing by John Roe)", "reuters"),
        ("It ended.\nCopyright 2018 The Associated Press. All rights reserved.", "ap"),
        ("A fonte pediu anonimato. / AFP", "afp"),
        ("A fonte pediu anonimato. */ AFP, EFE e Reuters*", None),
        ("Das sagte er am Montag. rc/kms (AFP, dpa)", None),
        ("He said so, an analyst told Reuters.", None),
        ("Smoke rises (Jane Doe/AP). He left.", None),
        ("He left.\n\nThe Associated Press contributed to this report.", None),
        ("Two died. Additional reporting from agencies", None),
        ("He met Randolfe (Rede-AP) there.", None),
    ],
)
def test_an_agency_is_an_origin_where_the_text_credits_it(text: str, agency: str | None) -> None:
    found = origin(wire_article("a", text, url="https://www.example.org/1"))
    assert found == (Origin("agency", agency) if agency else Origin("publisher", "example.org"))


@pytest.mark.parametrize(
    ("authors", "agency"),
    [
        (("Associated Press",), "ap"),
        (("Por Reuters - O Estado de S. Paulo",), "reuters"),
        (("AFP, MANILA",), "afp"),
        (("By Ned Parker, Stephen Grey and Jane Doe, Reuters",), "reuters"),
        (("Philip Duncan", "Press Association"), "pa"),
        (("Jane Doe", "John Roe", "dpa"), None),
        (("Jane Doe", "Getty Images", "Reuters"), None),
        (("AFP", "dpa"), None),
        (("Jane Doe",), None),
        (("",), None),
    ],
)
def test_an_agency_is_an_origin_where_the_by_line_is_its_own(authors: tuple[str, ...], agency: str | None) -> None:
    found = origin(wire_article("a", url="https://example.org/1", authors=authors))
    assert found == (Origin("agency", agency) if agency else Origin("publisher", "example.org"))


def test_what_is_put_together_from_agencies_is_the_publishers() -> None:
    text = "Foi assim.\n\nCOM AGÊNCIAS INTERNACIONAIS"
    assert origin(wire_article("a", text, url="https://example.org/1", authors=("AFP",))).name == "example.org"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://www.reuters.com/x", Origin("agency", "reuters")),
        ("https://www.dailymail.co.uk/wires/pa/article-1/x.html", Origin("agency", "pa")),
        ("https://www.nytimes.com/aponline/2018/x.html", Origin("agency", "ap")),
        ("https://g1.globo.com/ap/amapa/noticia.ghtml", Origin("publisher", "globo.com")),
        ("http://[broken", Origin("publisher", "imported")),
    ],
)
def test_an_address_may_be_an_agencys(address: str, expected: Origin) -> None:
    assert origin(wire_article("a", url=address, source="Imported")) == expected


def test_what_is_known_of_nobody_is_an_origin_of_its_own() -> None:
    assert origin(wire_article("a")) != origin(wire_article("b"))


def test_a_story_has_at_least_one_article() -> None:
    with pytest.raises(ValueError, match="at least one"):
        origins([])


def test_both_stores_tell_a_storys_origins(store: Store) -> None:
    copies = [
        ("a", "https://www.bbc.co.uk/1", "It happened.", 30),
        ("b", "https://www.reuters.com/1", "It happened.", 10),
        ("c", "https://example.org/1", "PARIS (Reuters) - It happened.", 20),
        ("d", "https://bbc.com/sport/2", "It happened again.", 40),
    ]
    store.write(
        [
            wire_article(
                id, text, url=url, source=url.split("/")[2], story_id="S1", first_seen=NOON + timedelta(minutes=at)
            )
            for id, url, text, at in copies
        ]
    )
    store.write([wire_article("other", url="https://example.net/1", story_id="S2")])
    found = story_origins(store, "S1")
    assert found is not None
    assert found.articles == 4
    assert dict(found.origins) == {Origin("agency", "reuters"): 2, Origin("publisher", "bbc.co.uk"): 2}
    assert (found.first, found.first_source) == (Origin("agency", "reuters"), "www.reuters.com")
    assert found.first_at == NOON + timedelta(minutes=10)
    assert story_origins(store, "S3") is None
