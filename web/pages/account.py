"""The page of who is signed in: another password, and the browsers that are signed in."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response

from schemas.outcome import Output
from schemas.topics import SESSIONS, USERS
from schemas.user import Session
from web.access import Caller, needs
from web.api.given import Here
from web.installation import Installation
from web.pages.forms import Form
from web.pages.login import Door, keep_in_browser
from web.pages.rendering import page
from web.passwords import PasswordError, hashed
from web.problems import ProblemError
from web.users import SignedIn, begun, open_sessions

router = APIRouter(include_in_schema=False, dependencies=[Depends(needs("read"))])


def _signed_in(request: Request) -> SignedIn:
    caller: Caller = request.state.caller
    if caller.by is None:
        line = f"{caller.called} has no password here: `wirewatch user password NAME` gives somebody another"
        raise ProblemError(404, line)
    return caller.by


Me = Annotated[SignedIn, Depends(_signed_in)]


@router.get("/account")
def account(request: Request, here: Here, me: Me) -> Response:
    """Who one is, what one may do, and where one is signed in."""
    return _shown(request, here, me)


def _shown(request: Request, here: Installation, me: SignedIn, status: int = 200, error: str = "") -> Response:
    sessions: Sequence[Session] = sorted(open_sessions(here.reader, me.user, here.clock()), key=lambda one: one.began)
    return page(request, "account.html", status, me=me, sessions=sessions, error=error)


@router.post("/account")
async def change_password(request: Request, here: Here, me: Me, form: Form, door: Door) -> Response:
    """Takes another password for the one that is known, and ends the sessions of all other browsers.

    The old one is asked for, and tries of it are counted as those of signing in: a browser left alone is not enough.
    """
    try:
        door.allow(str(request.client.host if request.client else ""), me.user.name)
        if form.get("new", "") != form.get("again", ""):
            raise ProblemError(422, "the new password is not twice the same")
        if not await door.is_right(me.user.password, form.get("password", "")):
            raise ProblemError(403, "the password of now is wrong")
        secret = await run_in_threadpool(_change, here, me, form.get("new", ""))
    except (ProblemError, PasswordError) as problem:
        status = problem.status if isinstance(problem, ProblemError) else 422
        return await run_in_threadpool(_shown, request, here, me, status, str(problem))
    answer = RedirectResponse("/account", 303)
    keep_in_browser(answer, request, secret)
    return answer


def _change(here: Installation, me: SignedIn, new: str) -> str:
    """The secret of the session that goes on. Raises PasswordError."""
    changed = me.user.model_copy(update={"password": hashed(new)})
    secret, session = begun(here.reader, changed, here.clock())
    with here.acting() as control:
        control.publish([Output(USERS, changed), Output(SESSIONS, session)])
    return secret
