"""`wirewatch import`: an archive, through the same way as a feed's entries."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from producers.article.build import RowError
from runtime.ports import Control, Reader, Waiting
from schemas.article import Article
from schemas.outcome import Output
from schemas.topics import ARTICLES
from wirewatch.cli.context import Problem, acting, reading, settings
from wirewatch.cli.output import complaints, console
from wirewatch.compose.earlier_ids import under_its_earlier_id
from wirewatch.compose.importing import rows
from wirewatch.compose.sandbox import Reading

# Articles published in one transaction, and how many may wait: enough to keep the children busy, little memory.
CHUNK, AHEAD = 32, 128
# Of a file that is none, each line is broken: nobody reads on after so many.
MOST_COMPLAINTS = 100


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="import")(import_file)


def import_file(
    files: Annotated[list[Path], typer.Argument(help="JSON lines, NewsML-G2, ninjs or WARC.")],
    silent: Annotated[bool, typer.Option("--silent", help="Alert nobody: these are old news.")] = False,
) -> None:
    """Take articles out of files. Importing a file again changes nothing; a broken row is told and passed over."""
    for file in files:
        if not file.is_file():
            raise Problem(f"{file} is not a file: name one with articles in it")
    with closing(Reading(settings())) as children, acting() as control, reading() as reader:
        control.start()
        count = _Count()
        with _bar() as bar:
            for file in files:
                task = bar.add_task(file.name, total=file.stat().st_size, rate="")
                _publish(control, _chunks(file, children, reader, count), silent, bar, task, count)
                bar.update(task, completed=file.stat().st_size)
            _finish(control, bar)
    console.print(count.line(), markup=False, highlight=False)
    if count.broken:
        raise Problem(f"{count.broken} rows could not be read; the rest was")


class _Count:
    def __init__(self) -> None:
        self.accepted = 0
        self.broken = 0
        self.dropped: Counter[str] = Counter()

    def line(self) -> str:
        """What came of it all."""
        known = "".join(f", {number} dropped ({reason})" for reason, number in sorted(self.dropped.items()))
        return f"{self.accepted} articles taken in{known}"


def _bar() -> Progress:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=complaints)


def _publish(
    control: Control,
    chunks: Iterable[tuple[list[Article], int]],
    silent: bool,
    bar: Progress,
    task: TaskID,
    count: _Count,
) -> None:
    handled = 0
    for articles, position in chunks:
        quiet = {"silent": True} if silent else {}
        published = control.publish([Output(ARTICLES, article.model_copy(update=quiet)) for article in articles])
        count.accepted += published.accepted
        count.dropped.update(dict(published.dropped))
        control.drain(most=AHEAD)  # so that the bar tells the truth, and a kill leaves little half done
        handled += len(articles)
        bar.update(task, completed=position, rate=_rate(bar, task, handled))


def _chunks(file: Path, children: Reading, reader: Reader, count: _Count) -> Iterator[tuple[list[Article], int]]:
    articles: list[Article] = []
    position = 0
    for item, position in rows(file, children):
        if isinstance(item, RowError):
            count.broken += 1
            if count.broken <= MOST_COMPLAINTS:
                complaints.print(str(item), markup=False, highlight=False, soft_wrap=True)
            elif count.broken == MOST_COMPLAINTS + 1:
                complaints.print("more rows cannot be read: from here on they are only counted")
            continue
        articles.append(under_its_earlier_id(item, reader))
        if len(articles) == CHUNK:
            yield articles, position
            articles = []
    if articles:
        yield articles, position


def _rate(bar: Progress, task: TaskID, handled: int) -> str:
    elapsed = bar.tasks[task].elapsed or 0
    return f"{handled / elapsed:.0f} articles/s" if elapsed else ""


def _finish(control: Control, bar: Progress) -> None:
    """See everything through, where this process does the work; a running `up` goes on by itself."""
    tasks: list[TaskID] = []

    def progress(waiting: Waiting) -> None:
        left = sum(waiting.values())
        if not tasks:
            tasks.append(bar.add_task("finishing", total=left, rate=""))
        total = bar.tasks[bar.task_ids.index(tasks[0])].total or 0
        bar.update(tasks[0], completed=max(0, total - left))

    control.drain(progress)
