"""`wirewatch user`: who may sign in to the pages from elsewhere, and as what."""

import sys
from typing import Annotated, get_args

import typer

from schemas.clock import utc_now
from schemas.lines import UserLine
from schemas.outcome import Output
from schemas.topics import USERS
from schemas.user import Role, User
from web import users
from web.passwords import PasswordError, hashed
from wirewatch.cli.context import Problem, acting, reading, told
from wirewatch.cli.output import AsJson, console, show

user = typer.Typer(help="Who may sign in to the pages from elsewhere, as reader or editor.", no_args_is_help=True)
ROLES = "reader: sees all; editor: changes alerts and feeds, too."
Name = Annotated[str, typer.Argument(metavar="NAME", help="Whom it is about.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(user, name="user")


@user.command()
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What they sign in with.")],
    role: Annotated[str, typer.Option(help=ROLES)] = "reader",
) -> None:
    """Let somebody sign in. The password is asked for, or read from standard input."""
    chosen = _role(role)
    with told(PasswordError):
        password = _password()
        try:
            wanted = users.added(name, password, chosen, utc_now())
        except PasswordError:
            raise
        except ValueError:
            raise Problem(f"{name!r} is no name: 1 to 100 characters, no stroke, no control character") from None
    with acting() as control, reading() as reader:  # an installation begins with the first that is put into it
        if users.user(reader, name):
            raise Problem(f"{name!r} may sign in already: `wirewatch user password` changes the password")
        control.publish([Output(USERS, wanted)])
    _say(f"{name!r} may sign in, as {role}")


@user.command(name="list")
def list_users(as_json: AsJson = False) -> None:
    """List who may sign in; passwords are kept nowhere."""
    now = utc_now()
    with reading() as reader:
        rows = [
            UserLine(
                name=one.name, role=one.role, created=one.created,
                sessions=len(users.open_sessions(reader, one, now)),
            )
            for one in users.users(reader)
        ]  # fmt: skip
    show(rows, ("name", "role", "created", "sessions"), as_json, "nobody may sign in: `wirewatch user add NAME`")


@user.command()
def password(name: Name) -> None:
    """Give somebody another password, asked for or read from standard input. Their sessions end."""
    known = _known(name)
    with told(PasswordError):
        _put(known.model_copy(update={"password": hashed(_password())}))
    _say(f"{name!r} has another password, and is signed out everywhere")


@user.command()
def role(name: Name, role: Annotated[str, typer.Argument(metavar="ROLE", help=ROLES)]) -> None:
    """Give somebody another role. It holds at once, where they are signed in, too."""
    chosen = _role(role)
    _put(_known(name).model_copy(update={"role": chosen}))
    _say(f"{name!r} is {role} now")


@user.command()
def remove(name: Name) -> None:
    """Let somebody sign in no more. Their sessions end."""
    _put(_known(name).model_copy(update={"deleted": True}))
    _say(f"{name!r} may sign in no more, and is signed out everywhere")


def _role(given: str) -> Role:
    roles: tuple[Role, ...] = get_args(Role)
    for one in roles:
        if one == given:
            return one
    raise Problem(f"there is no role {given!r}: it is one of {', '.join(roles)}")


def _known(name: str) -> User:
    with reading() as reader:
        if found := users.user(reader, name):
            return found
    raise Problem(f"nobody is called {name!r}: `wirewatch user list` shows them")


def _password() -> str:
    """Never an argument: those stand in the shell's history and in the list of processes."""
    if sys.stdin.isatty():
        asked: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
        return asked
    return sys.stdin.readline().rstrip("\r\n")


def _put(changed: User) -> None:
    with acting() as control:
        control.publish([Output(USERS, changed)])


def _say(line: str) -> None:
    console.print(line, markup=False, highlight=False, soft_wrap=True)
