"""/events: articles and alerts as they pass, as server-sent events."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Header
from fastapi.responses import StreamingResponse
from starlette.requests import Request

from web.access import needs
from web.api.given import Here, Text, read
from web.live import FullError, Live
from web.problems import ProblemError

router = APIRouter(tags=["events"], dependencies=[Depends(needs("read"))])


@router.get(
    "/events",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}, "description": "Events `article`, `alert` and `missed`."}},
)
async def events(
    request: Request,
    here: Here,
    q: Text = "*",
    last_event_id: Annotated[str | None, Header(max_length=100)] = None,
) -> StreamingResponse:
    """Articles that meet a query, and alerts, within a second of being found by a search.

    The last event's id brings back what was missed since, up to a thousand.
    """
    read(q, here)
    live: Live = request.app.state.live
    stream = live.listen(q, _moment(last_event_id))
    try:
        first = await anext(stream)
    except FullError as error:
        raise ProblemError(503, "too many listeners: close one", {"Retry-After": "60"}) from error

    async def all_of() -> AsyncIterator[bytes]:
        yield first
        async for event in stream:
            yield event

    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}  # a proxy must not gather them
    return StreamingResponse(all_of(), media_type="text/event-stream", headers=headers)


def _moment(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
