"""Signing in and out. The session is in a cookie that no script reads, and no form of another site brings along."""

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response

from schemas.outcome import Output
from schemas.topics import SESSIONS
from schemas.user import User
from web.access import COOKIE, LOGIN, at_this_machine, refuse_foreign_page, session_of
from web.api.given import Here
from web.installation import Installation
from web.pages.forms import Form, text
from web.pages.rendering import page
from web.problems import ProblemError
from web.signing_in import SigningIn
from web.users import LASTS, begun, nobody_yet, user

router = APIRouter(include_in_schema=False)

Next = Annotated[str, Query(max_length=8_000)]
# A path of this server: "//host" and "/\host" are other hosts to a browser, which drops tabs and line ends besides.
_OWN = re.compile(r"/(?![/\\])[\x21-\x7e]*")


def own(path: str) -> str:
    """Where to go on: a path of these pages; else the first page."""
    return path if _OWN.fullmatch(path) else "/"


def _knock(request: Request) -> SigningIn:
    signing_in: SigningIn = request.app.state.signing_in
    return signing_in


Door = Annotated[SigningIn, Depends(_knock)]


@router.get(LOGIN)
def login(request: Request, here: Here, next: Next = "/") -> Response:
    """Asks for name and password; who needs none goes on."""
    if at_this_machine(request) or session_of(request):
        return RedirectResponse(own(next), 303)
    return page(request, "login.html", next=own(next), name="", error="", nobody=nobody_yet(here.reader))


@router.post(LOGIN)
async def sign_in(request: Request, here: Here, form: Form, door: Door) -> Response:
    """Begins a session. Whoever is unknown has the answer of a wrong password, after the same time."""
    refuse_foreign_page(request)
    name, password, next = text(form, "name"), form.get("password", ""), own(form.get("next", ""))
    try:
        door.allow(str(request.client.host if request.client else ""), name)
        who = await run_in_threadpool(user, here.reader, name)
        right = await door.is_right(who.password if who else None, password)
        if who is None or not right:
            raise ProblemError(401, "name or password is wrong")
    except ProblemError as problem:
        answer: Response = page(
            request, "login.html", problem.status, next=next, name=name, error=problem.detail, nobody=False
        )
        answer.headers.update(problem.headers or {})
        return answer
    answer = RedirectResponse(next, 303)
    secret = await run_in_threadpool(_begin, here, who)
    keep_in_browser(answer, request, secret)
    return answer


def keep_in_browser(answer: Response, request: Request, secret: str) -> None:
    """Have the browser keep the secret of a session."""
    answer.set_cookie(
        COOKIE, secret, max_age=int(LASTS.total_seconds()), httponly=True, samesite="lax", secure=_is_https(request)
    )


def _begin(here: Installation, who: User) -> str:
    secret, session = begun(here.reader, who, here.clock())
    with here.acting() as control:
        control.publish([Output(SESSIONS, session)])
    return secret


def _is_https(request: Request) -> bool:
    """Whether the browser speaks to us, or to a proxy before us, in secret; it says so itself with each form."""
    return request.url.scheme == "https" or request.headers.get("origin", "").startswith("https:")


@router.post("/logout")
def sign_out(request: Request, here: Here) -> Response:
    """Ends the session, here and in the browser."""
    refuse_foreign_page(request, unless_own=True)
    if by := session_of(request):
        with here.acting() as control:
            control.publish([Output(SESSIONS, by.session.model_copy(update={"deleted": True}))])
    answer = RedirectResponse(LOGIN, 303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return answer
