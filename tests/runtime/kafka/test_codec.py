"""How a record stands on Kafka."""

import json
from datetime import UTC, datetime

import pytest

from runtime.kafka.codec import (
    LETTER_BYTES,
    RECORD_BYTES,
    Cluster,
    NewerError,
    TraceContext,
    UnreadableError,
    decode,
    encode,
    limit,
)
from schemas.article import Article
from schemas.outcome import Output
from schemas.topics import ARTICLES, DEAD

CLUSTER = Cluster("one:9092, two:9092", "blue-")
ARTICLE = Article(id="a1", revision="r1", title="Title", text="Text", fetched_at=datetime(2026, 1, 1, tzinfo=UTC))


def test_a_record_comes_back_with_what_it_carries() -> None:
    context = TraceContext(trace="t1", seen="2026-01-01T00:00:00+00:00")
    encoded = encode(CLUSTER, Output(ARTICLES, ARTICLE), context)
    assert (encoded.topic, encoded.key) == ("blue-articles", b"a1")
    decoded = decode(ARTICLES, encoded.value, encoded.headers)
    assert (decoded.record, decoded.context) == (ARTICLE, context)


def test_headers_say_schema_and_revision() -> None:
    headers = dict(encode(CLUSTER, Output(ARTICLES, ARTICLE), TraceContext()).headers)
    assert (headers["schema"], headers["revision"]) == (b"Article/1", b"r1")


def test_bytes_without_headers_are_read_all_the_same() -> None:
    """Somebody else's producer knows nothing of ours."""
    assert decode(ARTICLES, ARTICLE.model_dump_json().encode(), ()).record == ARTICLE


@pytest.mark.parametrize("value", [b"", None, b"\xff", b"[]", b'{"id": "a"}', b'{"unknown": 1}'])
def test_what_is_no_record_says_so(value: bytes | None) -> None:
    with pytest.raises(UnreadableError):
        decode(ARTICLES, value, ())


def test_a_later_schema_is_not_guessed_at() -> None:
    with pytest.raises(NewerError, match="Article/2"):
        decode(ARTICLES, ARTICLE.model_dump_json().encode(), [("schema", b"Article/2")])


def test_a_record_that_is_whole_but_for_a_name_of_its_own_is_newer() -> None:
    """A new field does not raise the schema's version."""
    value = ARTICLE.model_dump(mode="json") | {"mood": "grave"}
    with pytest.raises(NewerError, match="mood"):
        decode(ARTICLES, json.dumps(value).encode(), [("schema", b"Article/1")])


def test_another_kinds_record_is_not_newer() -> None:
    for value, schema in ((b'{"mood": "grave"}', b"Article/1"), (ARTICLE.model_dump_json().encode(), b"Feed/1")):
        with pytest.raises(UnreadableError) as told:
            decode(ARTICLES, value, [("schema", schema)])
        assert not isinstance(told.value, NewerError)


def test_size_is_never_under_what_is_sent() -> None:
    encoded = encode(CLUSTER, Output(ARTICLES, ARTICLE), TraceContext())
    assert encoded.size > len(encoded.key) + len(encoded.value) + sum(len(n) + len(v) for n, v in encoded.headers)


def test_a_letter_holds_any_record() -> None:
    assert (limit(ARTICLES), limit(DEAD)) == (RECORD_BYTES, LETTER_BYTES)
    assert LETTER_BYTES >= 2 * RECORD_BYTES


def test_names_on_a_shared_kafka() -> None:
    assert CLUSTER.servers == ["one:9092", "two:9092"]
    assert CLUSTER.name(ARTICLES) == "blue-articles"
    assert CLUSTER.group("enrich") == "blue-wirewatch-enrich"
