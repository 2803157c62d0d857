"""The shape of each line that a command prints with --json: one record for each."""

from schemas import answers, lines
from schemas.alert import Digested, Recorded
from schemas.article import WireArticle
from schemas.feed_health import Health
from schemas.ledger import Letter, LetterLine, OutcomeRow
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
    "spread": lines.VariantLine,
    "briefing": answers.Briefing,
    "export": answers.Manifest,
    "article": WireArticle,
    "ledger": lines.LedgerLine,
    "trace": OutcomeRow,
    "dead-list": LetterLine,
    "dead-show": Letter,
    "alert-list": lines.AlertLine,
    "alert-show": lines.AlertLine,
    "alert-history": Recorded,
    "alert-why": lines.WhyLine,
    "alert-test": lines.WouldTellLine,
    "alert-test-growth": lines.GrownLine,
    "alert-test-digest": Digested,
    "feeds-list": lines.FeedLine,
    "feeds-find": lines.FoundFeed,
    "feeds-check": lines.Checked,
    "feeds-health": Health,
    "feeds-try": lines.TriedEntry,
    "token-list": lines.TokenLine,
    "user-list": lines.UserLine,
    "config": lines.SettingLine,
    "doctor": lines.CheckLine,
}
"""By the command's name, a group's with a hyphen; search with --count, --facets or --histogram prints a summary, with
--stories a story; `dead show` prints JSON always. `alert test` prints a digest of an alert that tells by the clock.
"""
