"""The API is what docs/openapi.json says, whatever is asked: generated requests, none answered with a 500."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from served_api import Served

from web import export
from web.limits import Limits

CHECKS = (not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance)


def test_the_document_is_current() -> None:
    assert export.FILE.read_text(encoding="utf-8") == export.document(), "run make docs"


# so often each of some thirty operations is asked: some seconds
OFTEN = settings(max_examples=15, suppress_health_check=list(HealthCheck))


def test_every_answer_is_as_described(here: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Limits, "_wait", lambda *_: 0)  # whoever generates requests asks often
    described = schemathesis.openapi.from_url(f"{here.address}/api/v1/openapi.json")
    operations = [result.ok() for result in described.get_all_operations() if isinstance(result, Ok)]
    assert len(operations) > 20
    for operation in operations:
        if operation.path != "/api/v1/events":  # it never ends

            @OFTEN
            @given(case=operation.as_strategy())
            def asked(case: "schemathesis.Case[Any]") -> None:
                case.call_and_validate(checks=list(CHECKS))

            asked()
