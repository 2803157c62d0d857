"""Who asks too often is told to go slower, and when to come again."""

import httpx
import pytest
from fastapi import FastAPI

from web.limits import A_SECOND, AT_ONCE, Limits


@pytest.mark.anyio
async def test_a_caller_has_so_many_at_once_and_then_so_many_a_second() -> None:
    now = 0.0
    app = Limits(FastAPI(), clock=lambda: now)

    async def asked(number: int, caller: str) -> list[int]:
        transport = httpx.ASGITransport(app, client=(caller, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return [(await client.get("/")).status_code for _ in range(number)]

    assert set(await asked(int(AT_ONCE), "192.0.2.1")) == {404}
    assert await asked(1, "192.0.2.1") == [429]
    assert await asked(1, "192.0.2.2") == [404]
    now = 1.0
    statuses = await asked(int(A_SECOND) + 1, "192.0.2.1")
    assert (statuses.count(404), statuses[-1]) == (A_SECOND, 429)
