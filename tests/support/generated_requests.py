"""Requests that schemathesis makes of the API's own description, each answer looked at."""

from collections.abc import Callable, Collection
from typing import Any

import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.core.result import Ok

# It never ends.
ENDLESS = "/api/v1/events"


def ask(address: str, often: int, checks: Collection[Callable[..., Any]], without: Collection[str] = ()) -> int:
    """Ask each operation of the API at an address, but for those of the paths `without`, so often; how many requests.

    Raises what a check raises.
    """
    described = schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json")
    operations = [found.ok() for found in described.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) > 20
    number = 0
    for operation in operations:
        if operation.path in (ENDLESS, *without):
            continue

        @settings(max_examples=often, suppress_health_check=list(HealthCheck), deadline=None, database=None)
        @given(case=operation.as_strategy())
        def asked(case: "schemathesis.Case[Any]") -> None:
            nonlocal number
            number += 1
            case.call_and_validate(checks=list(checks))

        asked()
    return number
