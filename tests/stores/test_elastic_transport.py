"""How answers are read: quickly, with the same result as by the client's own reader, and with its errors."""

import json
from typing import Any

import pytest
from elastic_transport import SerializationError
from hypothesis import example, given
from hypothesis import strategies as st

from stores.elastic.transport import QuickJson

TREES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=[])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@example("half a pair \ud83d", True)
@example("half a pair \ud83d", False)
@given(TREES, st.booleans())
def test_an_answer_is_read_as_json(tree: Any, escaped: bool) -> None:
    """Halves of surrogate pairs are among the texts."""
    written = json.dumps(tree, ensure_ascii=escaped).encode(errors="surrogatepass")
    assert QuickJson().loads(written) == json.loads(written)


@pytest.mark.parametrize("cut", [b'{"took": 1', b"\xff"])
def test_a_cut_answer_is_the_clients_error(cut: bytes) -> None:
    with pytest.raises(SerializationError):
        QuickJson().loads(cut)
