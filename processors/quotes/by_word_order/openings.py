"""What stands between a verb and its subject behind it: adverbs, days, manner, whom one speaks to."""

from processors.quotes.lexicon import Lexicon
from processors.quotes.token_table import TokenTable


def behind_fillers(table: TokenTable, lexicon: Lexicon, start: int, end: int) -> int:
    """Where the noun begins behind auxiliaries, adverbs and a day: "declaró este lunes …"."""
    order = lexicon.order
    small = order.stops | order.articles
    while start < end:
        if table.lower[start] in order.fillers:
            start += 1
        elif start + 1 < end and table.lower[start] in small and table.lower[start + 1] in order.days:
            start += 2
        elif manner := _manner(table, lexicon, start, end):
            start += manner
        elif table.words[start] == "(" and start + 2 < end and table.words[start + 1].isdigit():
            start += 3  # "disse na segunda (12) o prefeito"
        elif behind := _behind_addressed(table, lexicon, start, end):
            start = behind
        else:
            break
    return start


def _behind_addressed(table: TokenTable, lexicon: Lexicon, start: int, end: int) -> int | None:
    """Where the speaker begins behind whom he speaks to: "ha detto all'Ansa il sindaco", "disse à Lusa João Pires"."""
    if table.lower[start] not in lexicon.order.addressed:
        return None
    named = start + 1 if start + 1 < end and table.words[start + 1][0].isupper() else start + 2
    if named + 1 >= end or not table.words[named][0].isupper():
        return None
    following = table.words[named + 1]
    goes_on = following in lexicon.order.articles or (following[0].isupper() and named + 2 < end)
    return named + 1 if goes_on else None


def _manner(table: TokenTable, lexicon: Lexicon, start: int, end: int) -> int:
    """The length of a small word and a noun before a name: "cuenta entre lágrimas Elena Rivas"; 0 without one."""
    if lexicon.order.capital_nouns or table.lower[start] not in lexicon.order.stops:
        return 0
    noun = start + 1
    if noun < end and table.lower[noun] in lexicon.order.determiners:  # "racconta tra le lacrime Anna Leone"
        noun += 1
    if noun + 1 >= end or not table.words[noun + 1][0].isupper():
        return 0
    return noun + 1 - start if table.words[noun].islower() and table.words[noun].isalpha() else 0
