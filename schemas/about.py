"""Which article a record belongs to: what is forgotten with it, and what is kept out once it is."""

from schemas.record import Record


def about(record: Record) -> str:
    """The id of the article that a record is, or tells of; its own id where it tells of none any more."""
    told_of = getattr(record, "alert", None) or record
    return str(getattr(told_of, "article_id", getattr(record, "id", "")))
