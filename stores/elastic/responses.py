"""What an answer of Elasticsearch means for us: done, superseded, dead, or hold. Knows no index and no article."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError

from schemas.outcome import Dead, Done, Dropped, Hold, Outcome

SUPERSEDED = Dropped("superseded")

# Away, full or busy, or we are not let in: nothing that the article could help. 408 and 5xx are a proxy's words.
_HOLD = {401, 403, 408, 429, 500, 502, 503, 504}
_MISSING = 404
_BAD_REQUEST = 400
_OLDER = 'Elasticsearch is older than 9, which is needed: see "From an earlier version" in docs/operations.md'
_CONFLICT = 409
# The index lacks a field that every document of ours may have: its mapping is to blame (`index upgrade`), no document.
_UNKNOWN_FIELD = "strict_dynamic_mapping_exception"


@contextmanager
def held() -> Iterator[None]:
    """Turn whatever keeps the server from answering into Hold; what blames the request stays an ApiError."""
    try:
        yield
    except TransportError as error:
        raise Hold(f"Elasticsearch does not answer: {type(error).__name__}: {error.message}") from error
    except ApiError as error:
        if _is_older(error.status_code, error.body):
            raise Hold(_OLDER) from error
        if must_hold(error.status_code, error.body):
            raise Hold(f"Elasticsearch answers {error.status_code}: {reason(error.body)}") from error
        raise


def _is_older(status: int, body: Any) -> bool:
    """Whether the server is of the 8 line: it refuses the form of all that client 9 sends, of a HEAD without a word."""
    return status == _BAD_REQUEST and (body is None or "media_type_header_exception" in str(body))


def must_hold(status: int, body: Any) -> bool:
    """Whether this answer is about the server, not about what it was given."""
    return status in _HOLD or "cluster_block_exception" in str(body)


def answers(body: Any, name: str, count: int) -> list[dict[str, Any]]:
    """The answers to so many questions asked at once. Raises Hold where not all are there: the answer was cut."""
    found = body.get(name) if isinstance(body, dict) else None
    if not isinstance(found, list) or len(found) != count:
        raise Hold(f"Elasticsearch's answer is cut: not {count} {name}")
    return found


def index_outcome(item: dict[str, Any]) -> Outcome:
    """The outcome of one `index` item of a bulk. Raises Hold."""
    status = item["status"]
    if status < 300:
        return Done()
    if status == _CONFLICT:
        return SUPERSEDED
    error = item.get("error", {})
    if status == _MISSING or must_hold(status, error) or _UNKNOWN_FIELD in str(error):
        raise Hold(f"Elasticsearch answers {status} for {item['_index']}: {reason(error)}")
    return Dead("refused by Elasticsearch", reason(error))


def check_deleted(item: dict[str, Any]) -> None:
    """A `delete` item of a bulk: gone, not there, or newer is all the same. Raises Hold for the rest."""
    if item["status"] >= 300 and item["status"] not in (_MISSING, _CONFLICT):
        raise Hold(f"Elasticsearch answers {item['status']} for {item['_index']}: {reason(item.get('error'))}")


def reason(error: Any) -> str:
    """One line from the server's own words, the deepest cause last."""
    if not isinstance(error, dict):
        return str(error)
    error = error.get("error", error)
    if not isinstance(error, dict):
        return str(error)
    parts = [f"{error.get('type')}: {error.get('reason')}"]
    cause = error.get("caused_by")
    while isinstance(cause, dict):
        parts.append(f"{cause.get('type')}: {cause.get('reason')}")
        cause = cause.get("caused_by")
    return "; ".join(parts)
