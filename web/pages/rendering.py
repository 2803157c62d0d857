"""How pages are rendered: Jinja with everything escaped, and what templates may call."""

from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from schemas.visible import visible
from stores.query.writing import phrase
from web.access import Caller

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"

# Nothing from elsewhere, nothing inline: an article's own words can start nothing here.
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # a publisher need not know what is searched for here; forms of these pages must say whose they are
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def page(request: Request, template: str, status: int = 200, **given: Any) -> HTMLResponse:
    """A page out of a template."""
    caller: Caller | None = getattr(request.state, "caller", None)
    may = caller.scopes if caller else ()
    rendered = _ENVIRONMENT.get_template(template).render(request=request, who=caller, may=may, **given)
    # what a session shows is gone from the browser when it is ended
    kept = {"Cache-Control": "no-store"} if caller and caller.by else {}
    return HTMLResponse(rendered.encode("utf-8", "replace"), status, HEADERS | kept)


def problem_page(request: Request, status: int, detail: str) -> HTMLResponse:
    """A problem as a page."""
    return page(request, "problem.html", status, title=HTTPStatus(status).phrase, detail=detail)


def link(url: str | None) -> str | None:
    """An address that may stand in a link: of the web, and nothing that runs."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


def moment(at: datetime | None) -> str:
    """A moment for people, UTC, to the minute."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M") if at else "no date"


def address(path: str, **parameters: Any) -> str:
    """A path with its parameters, those that are empty left out."""
    given = {name: value for name, value in parameters.items() if value not in (None, "")}
    return f"{path}?{urlencode(given, doseq=True)}" if given else path


def _shown(value: Any) -> Any:
    """What would turn words around is shown as what it is; markup of ours has nothing of the kind."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _made() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    made.filters |= {"link": link, "moment": moment}
    made.globals |= {"address": address, "phrase": phrase}
    return made


_ENVIRONMENT = _made()
