"""What Elasticsearch's answers mean: what blames the article is Dead, what blames the server holds."""

from collections.abc import Callable
from typing import Any

import pytest
from elastic_transport import ApiResponseMeta, ConnectionError, ConnectionTimeout, HttpHeaders, NodeConfig
from elasticsearch import ApiError
from loopback import Reply, site
from wire_articles import NOON, wire_article

from schemas.outcome import Dead, Done, Dropped, Hold
from stores.elastic.connect import connect
from stores.elastic.responses import answers, check_deleted, held, index_outcome
from stores.query import parse
from wirewatch.settings import Settings

MAPPING = {
    "type": "document_parsing_exception",
    "reason": "failed to parse",
    "caused_by": {"type": "illegal_argument_exception", "reason": "no number"},
}


def _item(status: int, error: Any = None) -> dict[str, Any]:
    return {"_index": "articles-2026.03", "_id": "a", "status": status, **({"error": error} if error else {})}


def _error(status: int, body: Any) -> ApiError:
    meta = ApiResponseMeta(status, "1.1", HttpHeaders(), 0.1, NodeConfig("http", "localhost", 9200))
    return ApiError("no", meta, body)


@pytest.mark.parametrize("status", [200, 201])
def test_what_was_written_is_done(status: int) -> None:
    assert index_outcome(_item(status)) == Done()


def test_a_version_conflict_is_superseded() -> None:
    assert index_outcome(_item(409, {"type": "version_conflict_engine_exception"})) == Dropped("superseded")


@pytest.mark.parametrize("status", [400, 413])
def test_what_the_article_is_to_blame_for_is_dead_with_the_deepest_cause(status: int) -> None:
    outcome = index_outcome(_item(status, MAPPING))
    assert isinstance(outcome, Dead)
    assert outcome.error.endswith("illegal_argument_exception: no number")


@pytest.mark.parametrize("status", [401, 403, 404, 408, 429, 500, 502, 503, 504])
def test_what_the_server_is_to_blame_for_holds(status: int) -> None:
    with pytest.raises(Hold, match=str(status)):
        index_outcome(_item(status, {"type": "busy", "reason": "later"}))


def test_a_full_disk_holds_whatever_the_status() -> None:
    blocked = {"type": "cluster_block_exception", "reason": "index blocked by: [read-only / allow delete]"}
    with pytest.raises(Hold, match="read-only"):
        index_outcome(_item(400, blocked))


# What 8.19.21 said to the client 9.5.1: to a HEAD, and to all else.
@pytest.mark.parametrize("said", [None, {"error": {"type": "media_type_header_exception", "reason": "Invalid …"}}])
def test_a_server_of_the_line_before_is_told_in_one_line(said: Any) -> None:
    with pytest.raises(Hold, match="older than 9"), held():
        raise _error(400, said)


@pytest.mark.parametrize("status", [200, 404, 409])
def test_a_deletion_of_what_is_gone_or_newer_is_fine(status: int) -> None:
    check_deleted(_item(status))


@pytest.mark.parametrize("status", [400, 403, 429, 503])
def test_a_deletion_refused_holds(status: int) -> None:
    with pytest.raises(Hold):
        check_deleted(_item(status, MAPPING))


@pytest.mark.parametrize("error", [ConnectionError("refused"), ConnectionTimeout("slow")])
def test_a_server_that_is_away_holds(error: Exception) -> None:
    with pytest.raises(Hold, match="does not answer"), held():
        raise error


@pytest.mark.parametrize("status", [401, 403, 429, 502, 503])
def test_a_server_that_refuses_holds_and_says_why(status: int) -> None:
    with pytest.raises(Hold, match=f"answers {status}: some_exception: because"), held():
        raise _error(status, {"error": {"type": "some_exception", "reason": "because"}})


def test_a_request_of_ours_that_is_wrong_is_an_error() -> None:
    with pytest.raises(ApiError), held():
        raise _error(400, {"error": {"type": "parsing_exception", "reason": "ours"}})


@pytest.mark.parametrize("body", [None, "", {}, {"items": None}, {"items": [{}]}, [], {"items": [{}, {}, {}]}])
def test_an_answer_that_is_not_whole_holds(body: Any) -> None:
    assert answers({"items": [{}, {}]}, "items", 2) == [{}, {}]
    with pytest.raises(Hold, match="cut: not 2 items"):
        answers(body, "items", 2)


def test_a_field_that_the_index_lacks_is_no_documents_fault() -> None:
    lacks = {"type": "strict_dynamic_mapping_exception", "reason": "introduction of [mood] is not allowed"}
    with pytest.raises(Hold, match="mood"):
        index_outcome(_item(400, lacks))


@pytest.mark.parametrize(
    ("asked", "body"),
    [(asked, body) for asked in ("write", "get", "search", "count") for body in (b"", b"{", b"[]", b'"ok"')]
    + [("write", b"{}")],
)
def test_whatever_answers_without_a_whole_answer_holds(body: bytes, asked: str) -> None:
    """A success to every question, as a proxy or a server that is ending may give it."""
    headers = {"Content-Type": "application/json", "X-Elastic-Product": "Elasticsearch"}
    with site() as running:
        running.default = Reply(200, body, headers)
        store = connect(Settings(elasticsearch=running.url))
        calls: dict[str, Callable[[], object]] = {
            "write": lambda: store.write([wire_article("a")]),
            "get": lambda: store.get("a"),
            "search": lambda: store.search(parse("a", NOON)),
            "count": lambda: store.count(),
        }
        with pytest.raises(Hold):
            calls[asked]()
        store.close()
