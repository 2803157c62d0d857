"""/records and /stages/{stage}/replay: the rest of the acting port, for the owner alone.

By a record anything may be changed, tokens and channels among it.
"""

import queue
import threading
from collections.abc import Iterator

from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse
from pydantic import ValidationError

from schemas.outcome import Output
from web.access import owner_only
from web.api.given import Here
from web.installation import Installation
from web.problems import ProblemError, answered
from web.shapes.acting import Accepted, RecordsPost, ReplayLine, ReplayPost, SentRecord

router = APIRouter(tags=["the socket beside the file"], dependencies=[Depends(owner_only)])
MEDIA_TYPE = "application/x-ndjson"


@router.post("/records")
def publish(here: Here, sent: RecordsPost) -> Accepted:
    """Put records on their topics, all or none. By the socket beside the file alone."""
    outputs = [_output(here, place, one) for place, one in enumerate(sent.records)]
    with here.acting() as control:
        published = control.publish(outputs)
    return Accepted(accepted=published.accepted, dropped=list(published.dropped))


def _output(here: Installation, place: int, sent: SentRecord) -> Output:
    topic = here.topics.get(sent.topic)
    if topic is None:
        raise ProblemError(422, f"records.{place}.topic: there is no such topic")
    try:
        return Output(topic, topic.record.model_validate(sent.record))
    except ValidationError as error:
        wrong = error.errors()[0]
        where = ".".join(map(str, ("records", place, "record", *wrong["loc"])))
        raise ProblemError(422, f"{where}: {wrong['msg']}".encode("utf-8", "replace").decode()) from error


@router.post(
    "/stages/{stage}/replay",
    response_class=StreamingResponse,
    responses={200: {"model": ReplayLine, "content": {MEDIA_TYPE: {}}, "description": "Lines, each a ReplayLine."}},
)
def replay(request: Request, here: Here, stage: str, wanted: ReplayPost) -> StreamingResponse:
    """Run a stage again over what came since then, alerting nobody. By the socket beside the file alone.

    It goes on though the caller goes away. What is refused before anything is done has its status; what ends it later
    is its last line.
    """
    heard: queue.SimpleQueue[ReplayLine | Exception] = queue.SimpleQueue()

    def run() -> None:
        def progress(done: int, of: int) -> None:
            heard.put(ReplayLine(progress=(done, of)))

        try:
            with here.acting() as control:
                heard.put(ReplayLine(number=control.replay(stage, wanted.since, wanted.name, progress)))
        except Exception as error:  # noqa: BLE001 - the caller is told
            heard.put(error)

    # a thread of its own, so that it is not cut off with the answer
    threading.Thread(target=run, name="replay", daemon=True).start()
    first = heard.get()
    if isinstance(first, Exception):
        raise first
    return StreamingResponse(_lines(request, first, heard), media_type=MEDIA_TYPE)


def _lines(request: Request, line: ReplayLine, heard: "queue.SimpleQueue[ReplayLine | Exception]") -> Iterator[bytes]:
    yield _written(line)
    while line.progress is not None:
        said = heard.get()
        if isinstance(said, Exception):
            said = ReplayLine(problem=answered(request, said).problem)
        line = said
        yield _written(line)


def _written(line: ReplayLine) -> bytes:
    return line.model_dump_json(exclude_none=True).encode() + b"\n"
