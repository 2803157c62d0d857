"""Which article a record belongs to: what is forgotten with it, and what is kept out once it is."""

from schemas.record import Record


def about(record: Record) -> str:
    """The id of the article that a record is, or tells of; its own id where it tells of none any more."""
    fields = record.__dict__  # a Record says of a field that it lacks far more slowly
    told_of = fields.get("alert")
    told = told_of.__dict__ if told_of else fields
    return str(told["article_id"] if "article_id" in told else fields.get("id", ""))
