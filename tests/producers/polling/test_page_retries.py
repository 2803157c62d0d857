"""A page that failed is asked for again, a few times and ever later; one behind a redirect only where it may be."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import Asked, Reply, Site, site
from poll_bench import LONG, NOW, Bench, feed_of

from producers.polling.page_retries import FIRST, MOST, TRIES, after_poll, after_try
from schemas.feed import PageRetry

SHORT = feed_of("1 One|In short.")


@pytest.fixture
def bench(site: Site) -> Bench:
    site.pages["/feed"] = Reply(200, SHORT, {"ETag": '"a"'})
    return Bench(site)


def poll_for(bench: Bench, hours: float) -> None:
    """Poll whenever the feed is due."""
    until = bench.now + timedelta(hours=hours)
    while bench.now <= until:
        bench.poll()
        next_poll = bench.state().next_poll
        assert next_poll is not None
        bench.now = next_poll


def answers_in_turn(*statuses: int) -> Callable[[Asked], Reply]:
    left = list(statuses)
    return lambda _asked: Reply(left.pop(0) if len(left) > 1 else left[0], LONG.encode())


@pytest.mark.parametrize("status", [429, 500, 503, 408])
def test_a_page_that_failed_makes_a_new_revision_of_its_article_later(bench: Bench, status: int) -> None:
    bench.site.pages["/a/1"] = answers_in_turn(status, 200)
    poll_for(bench, 3)
    before, after = bench.articles
    assert (before.text, after.text.strip()) == ("In short.", LONG.strip())
    assert before.id == after.id
    assert before.revision != after.revision
    assert timedelta(minutes=15) <= after.fetched_at - before.fetched_at <= timedelta(minutes=30)
    assert bench.state().owed == {}


def test_a_page_that_never_answers_is_left_in_peace(bench: Bench) -> None:
    bench.site.pages["/a/1"] = Reply(500)
    poll_for(bench, 48)
    assert bench.site.paths().count("/a/1") == 1 + TRIES
    assert len(bench.articles) == 1
    assert bench.state().owed == {}


@pytest.mark.parametrize("status", [404, 403, 410, 401])
def test_a_refusal_is_taken_for_an_answer(bench: Bench, status: int) -> None:
    bench.site.pages["/a/1"] = Reply(status)
    poll_for(bench, 24)
    assert bench.site.paths().count("/a/1") == 1


def test_only_the_poll_that_asks_again_wants_the_whole_document(bench: Bench) -> None:
    def feed(asked: Asked) -> Reply:
        return Reply(304) if "if-none-match" in asked.headers else Reply(200, SHORT, {"ETag": '"a"'})

    bench.site.pages |= {"/feed": feed, "/a/1": answers_in_turn(500, 200)}
    bench.poll()
    conditional = []
    for _ in range(4):
        bench.now += timedelta(minutes=8)
        bench.poll()
        conditional.append(any("if-none-match" in one.headers for one in bench.site.asked[-2:]))
    assert conditional == [True, False, True, True]
    assert len(bench.articles) == 2


def test_a_host_that_names_a_time_is_met_then(bench: Bench) -> None:
    bench.site.pages["/a/1"] = Reply(429, headers={"Retry-After": "7200"})
    bench.poll()
    (page,) = bench.state().owed.values()
    assert timedelta(seconds=7100) < page.due - NOW <= timedelta(seconds=7200)


def test_an_entry_that_left_the_document_is_owed_no_page(bench: Bench) -> None:
    bench.site.pages["/a/1"] = Reply(500)
    bench.poll()
    bench.site.pages["/feed"] = Reply(200, feed_of(f"2 Two|{LONG}"))
    bench.now += timedelta(minutes=5)
    bench.poll()
    assert bench.state().owed == {}


def test_rules_that_cannot_be_had_may_be_had_later(bench: Bench) -> None:
    bench.site.pages |= {"/robots.txt": Reply(500), "/a/1": Reply(200, LONG.encode())}
    bench.poll()
    assert "/a/1" not in bench.site.paths()
    bench.site.pages["/robots.txt"] = Reply(404)
    poll_for(bench, 3)
    assert [article.text.strip() for article in bench.articles] == ["In short.", LONG.strip()]


def test_a_redirect_into_what_robots_txt_forbids_is_not_followed(bench: Bench) -> None:
    bench.site.pages |= {
        "/robots.txt": Reply(200, b"User-agent: *\nDisallow: /print/"),
        "/a/1": Reply(302, headers={"Location": "/print/1"}),
        "/print/1": Reply(200, LONG.encode()),
    }
    poll_for(bench, 12)
    assert "/print/1" not in bench.site.paths()
    assert [article.text for article in bench.articles] == ["In short."]
    assert bench.site.paths().count("/a/1") == 1


@pytest.mark.parametrize(("rules", "asked"), [(b"User-agent: *\nDisallow: /", False), (b"", True)])
def test_the_rules_of_a_redirects_host_are_asked_before_it_is(bench: Bench, rules: bytes, asked: bool) -> None:
    with site() as other:
        other.pages |= {"/robots.txt": Reply(200, rules), "/1": Reply(200, LONG.encode())}
        bench.site.pages["/a/1"] = Reply(301, headers={"Location": f"{other.url}/1"})
        bench.poll()
        assert other.paths() == (["/robots.txt", "/1"] if asked else ["/robots.txt"])
    assert (bench.articles[0].text.strip() == LONG.strip()) is asked


@given(st.integers(0, 9), st.floats(0, 1e7))
def test_each_try_comes_later_than_the_last_and_they_end(tries: int, rest_s: float) -> None:
    owed = after_try(tries, rest_s, NOW)
    assert (owed is None) == (tries >= TRIES)
    if owed:
        assert owed.tries == tries + 1
        assert FIRST * 4**tries <= owed.due - NOW <= timedelta(days=1)


@given(st.sets(st.text(max_size=3), max_size=300), st.sets(st.text(max_size=3), max_size=300))
def test_what_is_owed_is_bounded(old: set[str], new: set[str]) -> None:
    page = PageRetry(tries=1, due=NOW)
    owed = after_poll(dict.fromkeys(old, page), dict.fromkeys(new, page), ())
    assert len(owed) == min(MOST, len(old | new))
    assert len(new) > MOST or new <= owed.keys()
