"""Pages that change something: alerts, feeds, operations. Each form answers by leading back to its page."""

from typing import Any, get_args

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import TypeAdapter, ValidationError

from alerts import in_words
from alerts.channels import masked
from alerts.digest_time import DigestTimeError, digest_fields
from schemas.alert import Policy, Times
from schemas.in_force import alerts_in_force
from stores.query import QueryError
from web.access import needs
from web.api import alerts as alerts_api
from web.api import feeds as feeds_api
from web.api import operations as operations_api
from web.api.given import Here
from web.pages.forms import Form, text
from web.pages.over_time import columns
from web.pages.rendering import page
from web.problems import ProblemError
from web.shapes.alerts import AlertPut
from web.shapes.feeds import FeedPut, PollRequest

router = APIRouter(include_in_schema=False, dependencies=[Depends(needs("read"))])
CHANGES_ALERTS = [Depends(needs("alerts"))]
CHANGES_FEEDS = [Depends(needs("feeds"))]
OPERATES = [Depends(needs("operate"))]
SHOWN = 50


def _back(path: str) -> RedirectResponse:
    """Leads back, by GET: the page loaded again sends nothing twice."""
    return RedirectResponse(path, 303)


@router.get("/alerts")
def alerts(request: Request, here: Here, name: str = "", error: str = "") -> HTMLResponse:
    """What to be told of, and what was told."""
    told = here.reader.store.alerts(name or None, limit=SHOWN)
    every = alerts_in_force(here.reader.state)
    now = here.clock()
    states = {one.id: in_words.state(one, now) for one in every}
    policies = {one.id: in_words.policy(one) for one in every}
    return page(
        request, "alerts.html", alerts=every, states=states, policies=policies,
        told=told.alerts, name=name, masked=masked, error=error, every_policy=get_args(Policy),
    )  # fmt: skip


@router.post("/alerts", dependencies=CHANGES_ALERTS)
def put_alert(request: Request, here: Here, form: Form) -> Response:
    """Turn an alert on, or change it; what the form does not have stays, and the channels where none is given."""
    name, query = text(form, "name"), text(form, "query")
    given = [line.strip() for line in text(form, "channels").splitlines() if line.strip()]
    before = {one.name: one for one in alerts_in_force(here.reader.state)}.get(name)
    channels = given or list(before.channels if before else ())
    try:
        if not name:
            raise ProblemError(422, "an alert needs a name")
        policy = text(form, "policy")
        if policy not in get_args(Policy):
            raise ProblemError(422, f"policy: it is one of {', '.join(get_args(Policy))}")
        stays = before.model_dump(include=set(AlertPut.model_fields)) if before else {}
        wanted = stays | {"query": query, "channels": channels, "policy": policy} | _growth(form) | _digest(form)
        alerts_api.put(here, name, AlertPut.model_validate(wanted))
    except ValidationError as error:
        return alerts(request, here, error=error.errors()[0]["msg"].removeprefix("Value error, "))
    except (QueryError, ProblemError, DigestTimeError) as problem:
        return alerts(request, here, error=str(problem))
    return _back("/alerts")


def _growth(form: Form) -> dict[str, float]:
    """As it was where the field is empty. Raises ProblemError."""
    if not (given := text(form, "growth")):
        return {}
    try:
        return {"growth": TypeAdapter(Times).validate_python(given)}
    except ValidationError as error:
        raise ProblemError(
            422, f"growth: {given!r} is not how many times as usual: 3, or 0 for each article"
        ) from error


def _digest(form: dict[str, str]) -> dict[str, Any]:
    """As it was where the field is empty. Raises DigestTimeError."""
    given = text(form, "digest")
    return digest_fields(given, text(form, "zone")) if given else {}


@router.post("/alerts/remove", dependencies=CHANGES_ALERTS)
def remove_alert(here: Here, form: Form) -> RedirectResponse:
    """Turn an alert off."""
    alerts_api.remove(here, text(form, "name"))
    return _back("/alerts")


@router.get("/feeds")
def feeds(request: Request, here: Here, error: str = "") -> HTMLResponse:
    """Which feeds are watched, and how they are, in words."""
    return page(request, "feeds.html", feeds=feeds_api.feeds(here).feeds, error=error)


@router.post("/feeds", dependencies=CHANGES_FEEDS)
def add_feed(request: Request, here: Here, form: Form) -> Response:
    """Watch a feed, or the first one of a site."""
    tags = [tag.strip() for tag in text(form, "tags").split(",") if tag.strip()]
    try:
        feeds_api.add(here, FeedPut(url=text(form, "url"), tags=tags))
    except ProblemError as problem:
        return feeds(request, here, error=problem.detail)
    return _back("/feeds")


@router.post("/feeds/poll", dependencies=CHANGES_FEEDS)
def poll_feed(here: Here, form: Form) -> RedirectResponse:
    """Poll a feed now; all of them, where none is named."""
    url = text(form, "url")
    feeds_api.poll(here, PollRequest(urls=[url] if url else []))
    return _back("/feeds")


@router.post("/feeds/remove", dependencies=CHANGES_FEEDS)
def remove_feed(here: Here, form: Form) -> RedirectResponse:
    """Stop watching a feed."""
    feeds_api.remove(here, text(form, "url"))
    return _back("/feeds")


@router.get("/operations")
def operations(request: Request, here: Here, ledger: bool = False) -> HTMLResponse:
    """Stages, what is held since when and why, what comes in, dead letters, and on request the ledger."""
    intake = operations_api.intake(here)
    return page(
        request,
        "operations.html",
        stages=operations_api.status(here).stages,
        intake=intake,
        columns=columns(intake),
        letters=operations_api.dead_letters(here).letters,
        ledger=operations_api.ledger(here) if ledger else None,
    )


@router.post("/operations/replay", dependencies=OPERATES)
def replay(here: Here, form: Form) -> RedirectResponse:
    """Send an article's dead letters on their way again."""
    operations_api.replay(here, text(form, "id"), text(form, "stage") or None)
    return _back("/operations")
