"""What wires and archives send becomes the same articles; what is broken gets a line, and the rest goes on."""

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from archived_pages import record

from producers.fulltext import Page, PageError, extract
from producers.imports import RowError, finished, progress, read
from schemas.article import Article

NOW = datetime(2024, 5, 3, 12, tzinfo=UTC)
TEXT = "The ferry sails again after a year in dock, the harbour master said on Friday. "
NEWSML = """<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="urn:newsml:quay.example:1" version="2" xml:lang="en">
<itemMeta><provider><name>Quay Wire</name></provider><versionCreated>2024-05-03T11:00:00Z</versionCreated>
<firstCreated>2024-05-03T10:00:00Z</firstCreated><pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><headline>Ferry sails again</headline><by>Ada Quay</by><language tag="en-GB"/>
<subject type="cpnat:abstract"><name>Transport</name></subject></contentMeta>
<contentSet><inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/">
<head><title>Not the text</title></head><body><body.head><hedline>Nor this</hedline></body.head>
<body.content><p>It sails &amp; sails.</p><p>Again.</p></body.content></body></nitf></inlineXML></contentSet>
</newsItem>
<newsItem guid="urn:newsml:quay.example:2"><itemMeta><pubStatus qcode="stat:canceled"/></itemMeta>
<contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Gone.</p></body></html></inlineXML>
</contentSet></newsItem>
<newsItem guid="urn:newsml:quay.example:3"><contentMeta><headline>A picture</headline></contentMeta>
<contentSet><remoteContent href="https://quay.example/3.jpg"/></contentSet></newsItem>
<newsItem guid="urn:newsml:quay.example:4"><contentMeta><headline>Plain</headline></contentMeta>
<contentSet><inlineData contenttype="text/plain">One line.
Another line.</inlineData></contentSet></newsItem>
</itemSet></newsMessage>"""
NINJS = {
    "uri": "https://quay.example/items/1",
    "type": "text",
    "pubstatus": "usable",
    "versioncreated": "2024-05-03T10:00:00Z",
    "language": "en",
    "headline": "Ferry sails again",
    "byline": "Ada Quay",
    "body_html": "<p>It sails.</p><p>Again.</p>",
    "subject": [{"name": "Transport"}],
    "provider": {"name": "Quay Wire"},
}
NINJS_2 = {
    "uri": "urn:2",
    "headlines": [{"role": "main", "value": "Low water"}],
    "bodies": [{"contenttype": "text/plain", "value": "It ebbs.\nStill."}],
    "infosources": [{"name": "Tide Desk"}],
    "subjects": [{"name": "Weather"}],
}


def items(path: Path) -> tuple[list[Article], list[str]]:
    found = list(read(path, NOW))
    return [item for item in found if isinstance(item, Article)], [
        str(item) for item in found if isinstance(item, RowError)
    ]


def wrote(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def lines(*rows: object) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def test_json_lines(tmp_path: Path) -> None:
    rows = [{"id": 1, "text": TEXT}, {"id": 2, "text": ""}, [1], {"id": 3, "text": TEXT, "title": "T"}]
    content = "\ufeff" + lines(*rows[:2]) + "\n" + '{"broken\n' + lines(*rows[2:])
    articles, errors = items(wrote(tmp_path / "a.jsonl", content))
    assert [article.guid for article in articles] == ["1", "3"]
    assert [article.feed for article in articles] == ["a.jsonl", "a.jsonl"]
    assert [error.partition(" ")[0] for error in errors] == ["a.jsonl:2:", "a.jsonl:4:", "a.jsonl:5:"]


def test_json_lines_of_which_the_first_is_broken(tmp_path: Path) -> None:
    articles, errors = items(wrote(tmp_path / "a.jsonl", '{"text": "cut off\n' + lines({"id": 2, "text": TEXT})))
    assert len(articles) == 1
    assert len(errors) == 1
    assert errors[0].startswith("a.jsonl:1: JSON that does not parse")


@pytest.mark.parametrize("name", ["a.jsonl.gz", "named-wrongly.txt"])
def test_gzip_is_seen_by_its_content(tmp_path: Path, name: str) -> None:
    path = wrote(tmp_path / name, gzip.compress(lines({"id": 1, "text": TEXT}).encode()))
    assert len(items(path)[0]) == 1


def test_gzip_that_breaks_off_gives_what_it_had_and_a_line(tmp_path: Path) -> None:
    packed = gzip.compress(lines(*[{"id": n, "text": TEXT + str(n * 7919)} for n in range(500)]).encode())
    articles, errors = items(wrote(tmp_path / "a.gz", packed[: len(packed) // 2]))
    assert 0 < len(articles) < 500
    assert "breaks off" in errors[-1]


def test_newsml(tmp_path: Path) -> None:
    (article, plain), errors = items(wrote(tmp_path / "a.xml", NEWSML))
    assert (article.title, article.text) == ("Ferry sails again", "It sails & sails.\nAgain.")
    assert (article.guid, article.source, article.authors) == ("urn:newsml:quay.example:1", "Quay Wire", ("Ada Quay",))
    assert (article.language, article.tags, article.feed) == ("en", ("Transport",), "a.xml")
    assert article.published == datetime(2024, 5, 3, 10, tzinfo=UTC)
    assert article.updated == datetime(2024, 5, 3, 11, tzinfo=UTC)
    assert (plain.title, plain.text) == ("Plain", "One line.\nAnother line.")
    assert len(errors) == 1
    assert "canceled" in errors[0]


def test_a_wire_s_item_is_the_same_article_in_every_file(tmp_path: Path) -> None:
    first, _ = items(wrote(tmp_path / "monday.xml", NEWSML))
    second, _ = items(wrote(tmp_path / "tuesday.xml", NEWSML))
    assert [article.id for article in first] == [article.id for article in second]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (NEWSML[: NEWSML.index("<contentSet>")], "breaks off"),
        ("<rss><channel><title>t</title></channel></rss>", "without a newsItem"),
        ("[1, 2", "does not parse"),
        ("[" * 200_000, "does not parse"),
    ],
)
def test_a_document_that_cannot_be_read_gets_one_line(tmp_path: Path, content: str, what: str) -> None:
    articles, errors = items(wrote(tmp_path / "a", content))
    assert articles == []
    assert what in errors[-1]
    assert all("\n" not in error for error in errors)


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    secret = wrote(tmp_path / "secret", "the secret")
    doctype = f'<!DOCTYPE newsMessage [<!ENTITY x SYSTEM "file://{secret}">]>'
    content = NEWSML.replace("<newsMessage", doctype + "<newsMessage", 1).replace("It sails &amp; sails", "&x; sails")
    articles, _ = items(wrote(tmp_path / "a.xml", content))
    assert all("the secret" not in article.text for article in articles)


def test_ninjs_alone_in_an_array_and_in_lines(tmp_path: Path) -> None:
    alone, _ = items(wrote(tmp_path / "1.json", json.dumps(NINJS, indent=2)))
    array, _ = items(wrote(tmp_path / "2.json", json.dumps([NINJS, NINJS_2], indent=2)))
    per_line, _ = items(wrote(tmp_path / "3.jsonl", lines(NINJS, NINJS_2)))
    [article] = alone
    assert (article.title, article.text, article.source) == ("Ferry sails again", "It sails.\nAgain.", "Quay Wire")
    assert (article.guid, article.authors, article.tags) == (NINJS["uri"], ("Ada Quay",), ("Transport",))
    assert article.published == datetime(2024, 5, 3, 10, tzinfo=UTC)
    assert [one.id for one in array] == [one.id for one in per_line]
    assert array[0].id == article.id
    assert (array[1].title, array[1].text, array[1].source) == ("Low water", "It ebbs.\nStill.", "Tide Desk")


def test_ninjs_that_was_taken_back_or_has_no_text(tmp_path: Path) -> None:
    rows = [NINJS | {"pubstatus": "canceled"}, {"uri": "urn:3", "headline": "A picture", "type": "picture"}]
    articles, errors = items(wrote(tmp_path / "a.json", json.dumps(rows)))
    assert articles == []
    assert "canceled" in errors[0]
    assert "without a body" in errors[1]


def page(body: str) -> bytes:
    return (
        "<html lang='en'><head><title>Ferry sails again</title></head><body><nav><a href='/'>Home</a></nav><article>"
        f"<h1>Ferry sails again</h1>{''.join(f'<p>{body}</p>' for _ in range(4))}</article></body></html>"
    ).encode()


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_warc(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    site = "https://harbour.example"
    records = [
        record(f"{site}/1", "200 OK", "text/html; charset=utf-8", page(TEXT * 3)),
        record(f"{site}/1.jpg", "200 OK", "image/jpeg", b"\xff\xd8"),
        record(f"{site}/gone", "404 Not Found", "text/html", page(TEXT)),
        record(f"{site}/empty", "200 OK", "text/html", b"<html><body></body></html>"),
        record(f"{site}/2", "200 OK", "text/html", page("Another day at the quay went by. " * 9)),
    ]
    articles, errors = items(wrote(tmp_path / "crawl.bin", b"".join(map(pack, records))))
    assert [article.url for article in articles] == [f"{site}/1", f"{site}/2"]
    assert articles[0].text.startswith("The ferry sails again")
    assert articles[0].fetched_at == datetime(2023, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert len(errors) == 1
    assert f"{site}/empty" in errors[0]


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_a_warc_that_breaks_off_gives_what_it_had_and_a_line(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    one, other = (pack(record(f"https://harbour.example/{n}", "200 OK", "text/html", page(TEXT * 3))) for n in (1, 2))
    articles, errors = items(wrote(tmp_path / "cut.warc", one + other[: len(other) // 2]))
    assert [article.url for article in articles] == ["https://harbour.example/1"]
    [error] = errors
    assert error.startswith("cut.warc:end: the file breaks off")


PACKED = {
    "a.jsonl": b"\x1f\x8b no gzip at all",
    "a.xml": gzip.compress(NEWSML.encode())[:-40],
    "a.warc": gzip.compress(record("https://harbour.example/1", "200 OK", "text/html", page(TEXT)))[:-40],
}


@pytest.mark.parametrize("name", PACKED)
def test_gzip_that_cannot_be_unpacked_says_what_to_do(tmp_path: Path, name: str) -> None:
    _, errors = items(wrote(tmp_path / name, PACKED[name]))
    assert errors[-1].startswith(f"{name}:end: the file breaks off")
    assert errors[-1].endswith("fetch it again")


def test_pages_of_an_archive_that_cannot_be_read_get_a_line_each(tmp_path: Path) -> None:
    records = [record(f"https://harbour.example/{n}", "200 OK", "text/html", page(TEXT * 3)) for n in (1, 2)]

    def extract_but_one(html: bytes | str, url: str | None) -> Page:
        if url and url.endswith("1"):
            raise PageError("it took too long")
        return extract(html, url)

    found = [item for item, _ in progress(wrote(tmp_path / "crawl.warc", b"".join(records)), NOW) if item is not None]
    first, second = [finished(item, extract_but_one) for item in found]
    assert str(first) == "crawl.warc:https://harbour.example/1: it took too long"
    assert isinstance(second, Article)


@pytest.mark.parametrize("name", ["a.jsonl", "a.xml"])
def test_progress_grows_to_at_most_the_size(tmp_path: Path, name: str) -> None:
    content = NEWSML if name.endswith("xml") else lines(*[{"id": n, "text": TEXT} for n in range(300)])
    path = wrote(tmp_path / name, content)
    positions = [position for _, position in progress(path, NOW)]
    assert positions == sorted(positions)
    assert 0 < positions[-1] <= path.stat().st_size


def test_an_empty_file_has_no_articles(tmp_path: Path) -> None:
    assert items(wrote(tmp_path / "a.jsonl", "")) == ([], [])


def test_a_file_that_is_not_there_is_the_caller_s_to_tell(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(read(tmp_path / "none"))
