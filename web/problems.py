"""Errors as problem details (RFC 9457, application/problem+json): what, where, what to do. No traceback, no input."""

import http
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from runtime.ports import ControlError
from schemas.outcome import Hold
from stores.query import QueryError
from web.owner import is_owner
from web.shapes.problem import Problem

logger = structlog.get_logger()

MEDIA_TYPE = "application/problem+json"
# Stores and logs that are away come back within seconds, or within an hour: often enough to be asked again.
RETRY_SECONDS = 5


class ProblemError(Exception):
    """Raised by a handler: the answer is this problem."""

    def __init__(self, status: int, detail: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = headers


def for_a_person(request: Request) -> bool:
    """Whether a browser asks for a page, and not a program for the API."""
    return not request.url.path.startswith("/api/") and "text/html" in request.headers.get("accept", "")


@dataclass(frozen=True, slots=True)
class Answer:
    """A problem, and the headers that it is sent with."""

    problem: Problem
    headers: dict[str, str] = field(default_factory=dict)

    def for_a_program(self) -> JSONResponse:
        """As problem details."""
        return JSONResponse(
            self.problem.model_dump(exclude_none=True), self.problem.status, self.headers, media_type=MEDIA_TYPE
        )


def answer(status: int, detail: str, headers: Mapping[str, str] | None = None, **more: Any) -> Answer:
    """`more` as Problem has it."""
    problem = Problem(title=http.HTTPStatus(status).phrase, status=status, detail=detail, **more)
    return Answer(problem, dict(headers or {}))


Shown = Callable[[Request, int, str], Response]
"""Shows a problem as a page: the request, its status, its detail."""


def register(app: FastAPI, shown: Shown) -> None:
    """Have every error of the app answered so; people have it as a page, as `shown` makes it."""

    def told(request: Request, error: Exception) -> Response:
        said = answered(request, error)
        if not for_a_person(request):
            return said.for_a_program()
        response = shown(request, said.problem.status, said.problem.detail)
        response.headers.update(said.headers)
        return response

    for kind in (ProblemError, QueryError, ControlError, Hold, RequestValidationError, HTTPException, Exception):
        app.exception_handler(kind)(told)


def line(error: Exception) -> str:
    """One of these errors in a line: what, where, what to do."""
    match error:
        case QueryError():
            return f"the query does not parse: {error}"
        case Hold():
            return f"{error.why}; try again when that is over"
        case _:
            return str(error)


def answered(request: Request, error: Exception) -> Answer:
    """What a handler raised, as a problem."""
    match error:
        case ProblemError():
            return answer(error.status, error.detail, error.headers)
        case QueryError():
            return answer(422, line(error), position=error.position)
        case ControlError():
            return answer(409, line(error))
        case Hold():
            return answer(503, line(error), {"Retry-After": str(RETRY_SECONDS)}, away=error.why)
        case RequestValidationError():
            return answer(422, "; ".join(_line(one) for one in error.errors()[:5]))
        case HTTPException():
            return answer(error.status_code, str(error.detail), error.headers)
        case _:
            return _broken(request, error)


def _line(error: dict[str, Any]) -> str:
    """Where and what; the input is not repeated, since it may be secret, or no text at all."""
    place = ".".join(str(part) for part in error["loc"][1:]) or str(error["loc"][0])
    return f"{place}: {error['msg']}".encode("utf-8", "replace").decode()


def _broken(request: Request, error: Exception) -> Answer:
    # the server logs the traceback
    logger.error("a request broke", method=request.method, path=request.url.path, why=type(error).__name__)
    if is_owner(request.scope):
        return answer(500, f"{type(error).__name__}: {error}".encode("utf-8", "replace").decode())
    return answer(500, "this should not happen: the log of this process says what broke")
