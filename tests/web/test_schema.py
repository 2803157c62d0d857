"""The API is what docs/openapi.json says, whatever is asked: generated requests, none answered with a 500."""

import pytest
from generated_requests import ask
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from served_api import Served

from web import export
from web.limits import Limits

CHECKS = (not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance)
# So often each operation is asked: some seconds. benchmarks/hostile_requests.py asks ten thousand times.
OFTEN = 15


def test_the_document_is_current() -> None:
    assert export.FILE.read_text(encoding="utf-8") == export.document(), "run make docs"


def test_every_answer_is_as_described(here: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Limits, "_wait", lambda *_: 0)  # whoever generates requests asks often
    ask(here.address, OFTEN, CHECKS)
