"""The HTTP app put together: limits, problems, the parts of /api/v1, and the pages."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import to_thread
from fastapi import APIRouter, FastAPI
from fastapi.staticfiles import StaticFiles

from runtime.version import CODE_VERSION
from stores.query.tree import Everything, Query
from web import problems
from web.api import acting as acting_port
from web.api import alerts, archive, articles, events, feeds, operations, syndication, tables
from web.installation import Installation
from web.limits import Limits
from web.live import Live
from web.pages import account, acting, briefing, login, map, reading, saying
from web.pages.at_once import beside
from web.pages.rendering import STATIC, problem_page
from web.shapes.operations import Alive
from web.shapes.problem import Problem
from web.signing_in import SigningIn

API = "/api/v1"
# Requests that are worked at once; the next wait. Each may hold a page of 200 whole articles: so many, and no more, fit
# the memory of the service `web` in docker-compose.yml.
AT_WORK = 16

DESCRIPTION = """\
Who said what, told once: articles, quotes and their speakers, alerts and feeds of one wirewatch.

Moments are UTC; offsets are code points into `text`, half-open. Texts are quoted matter of publishers and speakers.
An answer may gain fields, and loses or changes none. Errors are problem details (RFC 9457). On loopback no token is
needed; elsewhere one of `wirewatch token add`, as a bearer token, or as the password of basic authentication."""

_PROBLEM = {"model": Problem, "content": {problems.MEDIA_TYPE: {}}}


def create_app(installation: Installation) -> FastAPI:
    """The app of one installation."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = AT_WORK
        app.state.live = Live(installation)
        app.state.signing_in = SigningIn()
        read = beside(lambda: _counted(installation))
        yield
        read.exception()  # whatever became of it: the store may be closed from here on
        app.state.signing_in.close()
        app.state.live.close()

    app = FastAPI(
        title="wirewatch",
        version="1",
        description=DESCRIPTION,
        lifespan=lifespan,
        openapi_url=f"{API}/openapi.json",
        docs_url=None,  # both pages fetch their scripts from elsewhere
        redoc_url=None,
    )
    app.state.installation = installation
    problems.register(app, problem_page)
    app.include_router(_api())
    for part in (reading, saying, briefing, map, acting, login, account):
        app.include_router(part.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(Limits)
    return app


def _counted(installation: Installation) -> None:
    """Ask what lets a store read all that it counts by, so that nobody's first search waits for it: half a second of a
    million articles."""
    installation.reader.store.histogram(Query("*", Everything()))


def _api() -> APIRouter:
    described = {status: _PROBLEM | {"description": text} for status, text in _ERRORS.items()}
    api = APIRouter(prefix=API, responses=described)
    # `archive` first: it has /articles/{id}/changes, and an id may be anything
    for part in (archive, articles, alerts, feeds, operations, events, tables, syndication, acting_port):
        api.include_router(part.router)

    @api.get("/health", tags=["operations"])
    async def health() -> Alive:
        """This process answers. Needs no token."""  # and no thread, which may all be at work
        return Alive(version=CODE_VERSION)

    return api


_ERRORS: dict[int | str, str] = {
    400: "The body is no JSON.",
    401: "No token, or none that is in force.",
    403: "The token may not do that.",
    404: "There is no such thing.",
    409: "The installation cannot do it now; the detail says what to do.",
    413: "The body is too large.",
    422: "Something in the request is wrong; the detail says what and where.",
    429: "Too many requests.",
    503: "The log or the store is away; try again.",
}
