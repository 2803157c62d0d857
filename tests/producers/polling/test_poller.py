"""A poll, seen from outside: what the server is asked, what is published, and what is remembered."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from loopback import Asked, Reply, Site
from poll_bench import LONG, NOW, Bench, feed_of

from producers.polling.poller import Poller
from producers.polling.result import PollResult
from schemas.feed import Feed, FeedState
from schemas.outcome import Hold, Output
from schemas.topics import ARTICLES, FEEDSTATE


@pytest.fixture
def bench(site: Site) -> Bench:
    site.pages["/feed"] = Reply(200, feed_of(f"2 Two|{LONG}", f"1 One|{LONG}"), {"ETag": '"a"'})
    return Bench(site)


def test_entries_become_articles_the_oldest_first_and_the_state_comes_last(bench: Bench) -> None:
    result = bench.poll()
    assert (result.became, result.new, result.changed, result.entries) == ("read", 2, 0, 2)
    assert [article.title for article in bench.articles] == ["One", "Two"]
    assert [output.topic for output in bench.log.sent[-3:]] == [ARTICLES, ARTICLES, FEEDSTATE]
    assert bench.state().etag == '"a"'
    assert bench.state().succeeded_at == NOW


def test_what_was_seen_is_not_published_again(bench: Bench) -> None:
    bench.poll()
    bench.site.pages["/feed"] = Reply(200, feed_of(f"3 Three|{LONG}", f"2 Two|{LONG}"))
    bench.now += timedelta(hours=1)
    assert bench.poll().new == 1
    assert [article.title for article in bench.articles] == ["One", "Two", "Three"]


def test_an_entry_that_changed_is_published_under_its_id(bench: Bench) -> None:
    bench.poll()
    bench.site.pages["/feed"] = Reply(200, feed_of(f"2 Two, corrected|{LONG}", f"1 One|{LONG}"))
    result = bench.poll()
    assert (result.new, result.changed) == (0, 1)
    before, after = [article for article in bench.articles if article.guid == "2"]
    assert before.id == after.id
    assert before.revision != after.revision


def test_volume_counts_what_came_since_the_feed_is_watched(bench: Bench) -> None:
    bench.poll()
    assert bench.state().volume.usual == {}
    bench.site.pages["/feed"] = Reply(200, feed_of(f"3 Three|{LONG}", f"2 Two|{LONG}"))
    bench.now += timedelta(hours=1)
    bench.poll()
    assert sum(bench.state().volume.usual.values()) == 1


def test_a_304_costs_nothing_and_keeps_everything(bench: Bench) -> None:
    bench.poll()
    bench.site.pages["/feed"] = Reply(304)
    seen = bench.state().seen
    bench.now += timedelta(minutes=5)
    result = bench.poll()
    assert (result.became, result.line) == ("unchanged", "not modified")
    assert bench.site.asked[-1].headers["if-none-match"] == '"a"'
    assert bench.state().seen == seen
    assert bench.state().succeeded_at == bench.now
    assert len(bench.articles) == 2


def test_the_page_is_fetched_where_the_feed_is_short(bench: Bench) -> None:
    bench.site.pages["/feed"] = Reply(200, feed_of(f"2 Two|{LONG}", "1 One|In short."))
    bench.site.pages["/a/1"] = Reply(200, LONG.encode())
    bench.poll()
    assert bench.site.paths() == ["/feed", "/robots.txt", "/a/1"]
    assert bench.articles[0].text.strip() == LONG.strip()


def test_without_its_page_an_article_keeps_the_feeds_text(bench: Bench) -> None:
    bench.site.pages["/feed"] = Reply(200, feed_of("1 One|In short."))
    bench.poll()
    assert [article.text for article in bench.articles] == ["In short."]


def test_no_page_is_fetched_where_the_setting_says_so(site: Site) -> None:
    site.pages["/feed"] = Reply(200, feed_of("1 One|In short."))
    bench = Bench(site, full_text=False)
    bench.poll()
    assert site.paths() == ["/feed"]


def test_robots_txt_keeps_us_from_pages(bench: Bench) -> None:
    bench.site.pages["/robots.txt"] = Reply(200, b"User-agent: wirewatch\nDisallow: /a/")
    bench.site.pages["/feed"] = Reply(200, feed_of("1 One|In short."))
    bench.site.pages["/a/1"] = Reply(200, LONG.encode())
    bench.poll()
    assert bench.site.paths() == ["/feed", "/robots.txt"]
    assert bench.articles[0].text == "In short."


def test_a_lying_etag_is_found_out_and_remembered(bench: Bench) -> None:
    """The server says 304 for ever; by its habit the feed should have had news."""

    def liar(asked: Asked) -> Reply:
        news = [f"{number} News {number}|{LONG}" for number in range(40, 0, -1)]
        return Reply(304) if "if-none-match" in asked.headers else Reply(200, feed_of(*news), {"ETag": '"a"'})

    bench.poll()
    bench.log.publish([Output(FEEDSTATE, bench.state().model_copy(update={"rate": 3.0, "window": 2}))])
    bench.site.pages["/feed"] = liar
    conditional = []
    for _ in range(4):
        bench.now += timedelta(minutes=20)
        bench.poll()
        conditional.append("if-none-match" in bench.site.asked[-1].headers)
    assert conditional == [True, True, False, False]
    assert bench.state().etag_lied is not None
    assert len(bench.articles) == 2 + 40


def test_301_moves_the_feed_with_its_memory(bench: Bench) -> None:
    bench.poll()
    bench.site.pages["/feed2"] = bench.site.pages["/feed"]
    bench.site.pages["/feed"] = Reply(301, headers={"Location": "/feed2"})
    bench.log.publish([Output(FEEDSTATE, bench.state().model_copy(update={"body_hash": None}))])
    result = bench.poll()
    new = f"{bench.site.url}/feed2"
    assert (result.became, result.line) == ("moved", f"moved to {new}: 0 new, 0 changed")
    assert bench.listed()[bench.feed.url].deleted
    assert new in (bench.listed()[bench.feed.url].note or "")
    assert bench.listed()[new].origin == bench.feed.url
    assert bench.state(new).seen
    bench.now += timedelta(hours=1)
    assert bench.poll(bench.listed()[new]).new == 0


@pytest.mark.parametrize("status", [302, 307])
def test_a_temporary_redirect_moves_nothing(bench: Bench, status: int) -> None:
    bench.site.pages["/today"] = bench.site.pages["/feed"]
    bench.site.pages["/feed"] = Reply(status, headers={"Location": "/today"})
    assert bench.poll().became == "read"
    assert list(bench.listed()) == [bench.feed.url]


def test_a_301_to_something_that_is_no_feed_moves_nothing(bench: Bench) -> None:
    bench.site.pages["/login"] = Reply(200, b"<html>please log in</html>")
    bench.site.pages["/feed"] = Reply(301, headers={"Location": "/login"})
    assert bench.poll().became == "failed"
    assert list(bench.listed()) == [bench.feed.url]
    assert not bench.listed()[bench.feed.url].deleted


def test_410_ends_the_feed(bench: Bench) -> None:
    bench.site.pages["/feed"] = Reply(410)
    assert bench.poll().became == "gone"
    ended = bench.listed()[bench.feed.url]
    assert ended.deleted
    assert "410" in (ended.note or "")


@pytest.mark.parametrize(("status", "least_s"), [(429, 7200), (503, 7200), (500, 300), (403, 3600), (404, 3600)])
def test_failures_wait_and_forget_nothing(bench: Bench, status: int, least_s: int) -> None:
    bench.poll()
    before = bench.state()
    bench.site.pages["/feed"] = Reply(status, headers={"Retry-After": "7200"} if status in (429, 503) else {})
    result = bench.poll()
    assert result.became == "failed"
    assert f"answered {status}" in result.line
    after = bench.state()
    assert (after.seen, after.etag, after.succeeded_at) == (before.seen, before.etag, before.succeeded_at)
    assert (after.failures, after.error) == (1, result.line)
    assert after.next_poll is not None
    assert timedelta(seconds=least_s) <= after.next_poll - bench.now <= timedelta(hours=24)


def test_429_rests_the_whole_host(bench: Bench) -> None:
    bench.site.pages["/feed"] = Reply(429, headers={"Retry-After": "120"})

    async def poll(poller: Poller) -> float:
        await poller.poll_once(bench.feed)
        return poller.throttle.wait_s("127.0.0.1")

    assert 100 < bench.run(poll) <= 120


def test_a_page_that_says_429_rests_the_host_and_no_article_waits_for_its_page(bench: Bench) -> None:
    bench.site.pages["/feed"] = Reply(200, feed_of("2 Two|In short.", "1 One|In short."))
    bench.site.pages["/a/1"] = Reply(429, headers={"Retry-After": "3600"})
    bench.poll()
    assert bench.site.paths() == ["/feed", "/robots.txt", "/a/1"]
    assert [article.title for article in bench.articles] == ["One", "Two"]


def test_success_after_failure_clears_the_error(bench: Bench) -> None:
    good = bench.site.pages["/feed"]
    bench.site.pages["/feed"] = Reply(200, b"no feed")
    line = bench.poll().line
    assert "check the address" in line
    assert bench.state().error == line
    bench.site.pages["/feed"] = good
    assert bench.poll().new == 2
    assert (bench.state().error, bench.state().failures) == (None, 0)


def test_while_the_log_is_away_nothing_is_lost_and_nothing_fetched_again(bench: Bench) -> None:
    away = 3

    def publish(outputs: Sequence[Output]) -> None:
        nonlocal away
        if away:
            away -= 1
            raise Hold("the log is away")
        bench.log.publish(outputs)

    bench.publish = publish
    assert bench.poll().new == 2
    assert bench.site.paths() == ["/feed"]
    assert len(bench.articles) == 2
    assert bench.state().etag == '"a"'
    assert len(bench.slept) == 3
    assert bench.slept[2] > bench.slept[0]


def test_what_could_not_be_published_is_polled_again_as_if_never_seen(bench: Bench) -> None:
    def crash(outputs: Sequence[Output]) -> None:
        raise OSError("the disk is gone")

    bench.publish = crash
    with pytest.raises(OSError, match="the disk is gone"):
        bench.poll()
    assert bench.log.get(FEEDSTATE, bench.feed.url, FeedState) is None
    bench.publish = bench.log.publish
    assert bench.poll().new == 2
    assert "if-none-match" not in bench.site.asked[-1].headers


def test_long_documents_are_published_in_parts_and_remembered_at_the_end(bench: Bench) -> None:
    bench.site.pages["/feed"] = Reply(200, feed_of(*(f"{number} N{number}|{LONG}" for number in range(40))))
    calls: list[list[str]] = []

    def publish(outputs: Sequence[Output]) -> None:
        calls.append([output.topic.name for output in outputs])
        bench.log.publish(outputs)

    bench.publish = publish
    bench.poll()
    assert [len(call) for call in calls] == [16, 16, 9]
    assert calls[-1][-1] == "feedstate"
    assert all(name == "articles" for call in calls for name in call[:-1])


def test_in_a_crowd_pages_are_counted_and_what_is_left_is_not_lost(bench: Bench) -> None:
    short = feed_of(*(f"{number} N{number}|In short." for number in range(20, 0, -1)))
    bench.site.pages["/feed"] = Reply(200, short, {"ETag": '"b"'})
    for number in range(1, 21):
        bench.site.pages[f"/a/{number}"] = Reply(200, f"{number}. {LONG}".encode())
    result = bench.poll(pages=8)
    assert (result.new, "10 left" in result.line) == (10, True)
    assert [article.guid for article in bench.articles] == [str(number) for number in range(1, 11)]
    assert [len(article.text) > 100 for article in bench.articles] == [True] * 8 + [False] * 2
    assert bench.state().etag is None
    assert bench.poll(pages=8).new == 8
    assert bench.poll(pages=8).new == 2
    assert sorted(int(article.guid or 0) for article in bench.articles) == list(range(1, 21))
    assert bench.state().etag == '"b"'


def test_what_needs_no_page_is_not_counted(bench: Bench) -> None:
    assert bench.poll(pages=0).new == 2


def test_two_feeds_of_one_newspaper_share_an_article(bench: Bench) -> None:
    bench.site.pages["/sport/feed"] = Reply(200, feed_of(f"2 Two|{LONG}", f"7 Seven|{LONG}"))
    sport = Feed(url=f"{bench.site.url}/sport/feed")

    async def both(poller: Poller) -> list[int]:
        return [(await poller.poll_once(feed)).new for feed in (bench.feed, sport)]

    assert bench.run(both) == [2, 1]
    assert sorted(article.title for article in bench.articles) == ["One", "Seven", "Two"]


def test_what_a_hub_pushes_is_published_once(bench: Bench) -> None:
    bench.poll()

    async def push(poller: Poller) -> PollResult:
        return await poller.push(bench.feed, feed_of(f"3 Three|{LONG}", f"2 Two|{LONG}"), {})

    assert bench.run(push).new == 1
    assert bench.run(push).new == 0
    assert bench.state().etag == '"a"'
    bench.site.pages["/feed"] = Reply(200, feed_of(f"3 Three|{LONG}", f"2 Two|{LONG}"))
    assert bench.poll().new == 0
    assert [article.title for article in bench.articles] == ["One", "Two", "Three"]


def test_a_feeds_health_may_be_published_so_that_an_alert_can_be_set_on_it(site: Site) -> None:
    bench = Bench(site, health_articles=True)
    for _ in range(5):
        bench.poll()
    site.pages["/feed"] = Reply(200, feed_of(f"1 One|{LONG}"))
    for _ in range(2):
        bench.poll()
        bench.now += timedelta(hours=1)
    told = [article for article in bench.articles if article.source == "wirewatch"]
    assert [article.title for article in told] == [f"Feed failing: {site.url}/feed", "Feed recovered: A feed"]
    assert "answered 404" in told[0].text


def test_every_entry_of_every_document_has_an_outcome(bench: Bench) -> None:
    bench.poll()
    bench.site.pages["/feed"] = Reply(200, feed_of(f"3 Three|{LONG}", f"2 Two, corrected|{LONG}", f"1 One|{LONG}"))
    bench.poll()
    bench.site.pages["/feed"] = Reply(304)
    bench.poll()
    counts = bench.state().entries
    assert (counts.read, counts.published, counts.known, counts.dropped) == (5, 4, 1, {})
    assert counts.unaccounted == 0


def test_entries_that_are_not_taken_are_counted_with_the_reason(site: Site) -> None:
    bench = Bench(site, entries=3)
    site.pages["/feed"] = Reply(200, feed_of(*(f"{number} News {number}|{LONG}" for number in (5, 4, 4, 3, 2))))
    bench.poll()
    counts = bench.state().entries
    assert (counts.read, counts.published) == (5, 2)
    assert counts.dropped == {"same as another entry": 1, "beyond the most entries read": 2}
    assert counts.unaccounted == 0


def test_an_article_that_was_never_published_is_seen_in_the_ledger(bench: Bench) -> None:
    """What the counts are for: each side is counted where it happens."""
    bench.poll()
    counts = bench.state().entries
    assert counts.model_copy(update={"published": 1}).unaccounted == 1


def test_a_language_that_nobody_claims_is_counted_as_english_where_it_is(bench: Bench) -> None:
    bench.poll()
    bench.site.pages["/feed"] = Reply(200, feed_of(f"3 Three|{LONG}", f"2 Two|{LONG}"))
    bench.now += timedelta(hours=1)
    bench.poll()
    assert set(bench.state().volume.usual) == {"en"}
