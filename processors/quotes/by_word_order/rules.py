"""All rules for a paragraph without a parse, in order: reported speech first, then quotations."""

from processors.quotes.by_word_order.beside import beside
from processors.quotes.by_word_order.reported import reported, unsaid
from processors.quotes.join import apart, join
from processors.quotes.lexicon import Lexicon
from processors.quotes.quote_candidate import QuoteCandidate
from processors.quotes.token_table import TokenTable


def candidates_by_word_order(table: TokenTable, lexicon: Lexicon) -> list[QuoteCandidate]:
    """The candidates of a paragraph that is not parsed, in order and without overlap."""
    found = join(table, reported(table, lexicon))
    explained = {table.quotation[token] for candidate in found for token in candidate.tokens}
    bare = [candidate for candidate in beside(table, lexicon) if table.quotation[candidate.start] not in explained]
    said = sorted([*found, *bare], key=lambda candidate: candidate.start)
    return [*said, *apart(join(table, unsaid(table, lexicon)), said)]
