"""One wall before several articles of a host: each keeps what its feed says of it."""

import pytest
from loopback import Reply, Site
from poll_bench import Bench, feed_of

WALL = "Bevor es weitergeht, brauchen wir Ihr Einverständnis mit der Speicherung von Daten auf Ihrem Gerät. " * 3


@pytest.fixture
def bench(site: Site) -> Bench:
    return Bench(site)


def test_articles_behind_one_wall_keep_the_feeds_words(bench: Bench) -> None:
    said = ["Brücke bleibt bis April gesperrt", "Museum zeigt alte Landkarten", "Feuerwehr rettet zwei Schafe"]
    lines = [f"{number} {title}|{title}, meldet die Stadt." for number, title in enumerate(said)]
    bench.site.pages["/feed"] = Reply(200, feed_of(*lines))
    bench.site.pages |= {f"/a/{number}": Reply(200, WALL.encode()) for number in range(3)}
    bench.poll()
    assert sorted(article.text for article in bench.articles) == sorted(f"{title}, meldet die Stadt." for title in said)


def test_a_text_seen_at_another_address_is_a_wall_where_the_feed_says_too_little(bench: Bench) -> None:
    bench.site.pages["/feed"] = Reply(200, feed_of("2 B|Kurz.", "1 A|Kurz."))
    bench.site.pages |= {f"/a/{number}": Reply(200, WALL.encode()) for number in (1, 2)}
    bench.poll()
    assert [article.text for article in bench.articles] == [WALL.strip(), "Kurz."]
