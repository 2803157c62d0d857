"""The shape of each line that a reading command prints with --json: one record for each."""

from schemas import answers
from schemas.article import WireArticle
from schemas.ledger import OutcomeRow
from schemas.record import Record

SHAPES: dict[str, type[Record]] = {
    "search": answers.ArticleLine,
    "search-stories": answers.StoryLine,
    "search-summary": answers.Summary,
    "quotes": answers.QuoteLine,
    "person": answers.Person,
    "who": answers.SpeakerLine,
    "contributors": answers.Contributor,
    "changes": answers.Change,
    "like": answers.Alike,
    "briefing": answers.Briefing,
    "export": answers.Manifest,
    "article": WireArticle,
    "trace": OutcomeRow,
}
"""By the command's name; search with --count, --facets or --histogram prints a summary."""
