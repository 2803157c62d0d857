"""docs/query-language.md names every field, alias, limit and operator, and its examples parse."""

import re
from pathlib import Path

import pytest
from wire_articles import NOON

from stores.query import build, fields, parse, terms
from stores.query.field import Field
from stores.query.parse import DEEPEST, LONGEST

PAGE = (Path(__file__).parents[2] / "docs" / "query-language.md").read_text(encoding="utf-8")
ROWS = {match[1]: match[0] for match in re.finditer(r"^\| `(\w+):` \|.*$", PAGE, re.MULTILINE)}


@pytest.mark.parametrize("field", fields.FIELDS, ids=lambda field: field.name)
def test_every_field_has_a_row_with_its_aliases_and_meaning(field: Field) -> None:
    row = ROWS[field.name]
    for alias in field.aliases:
        assert f"`{alias}:`" in row
    assert field.meaning.replace("quotes:(…)", "`quotes:(…)`") in row


def test_no_row_names_a_field_that_is_not_there() -> None:
    assert set(ROWS) == {field.name for field in fields.FIELDS}


@pytest.mark.parametrize("field", fields.QUOTE_FIELDS, ids=lambda field: field.name)
def test_the_fields_of_a_quote_are_told(field: Field) -> None:
    section = PAGE.split("## Who said what")[1].split("##")[0]
    assert f"`{field.name}:`" in section


@pytest.mark.parametrize("operator", ["AND", "OR", "NOT", "&&", "||", "!", "-", "+"])
def test_every_operator_is_told(operator: str) -> None:
    section = PAGE.split("## Putting together")[1].replace("\\|", "|")
    assert operator in section


def test_the_limits_are_the_real_ones() -> None:
    told = (
        f"Limits: {LONGEST:,} characters, {build.MOST_CLAUSES} parts, {DEEPEST} levels of parentheses, "
        f"{build.DEEPEST} of AND, OR and NOT, "
        f"{terms.MOST_WORDS} words in a phrase, `~{terms.FARTHEST}`."
    )
    assert told in PAGE


def test_the_examples_parse() -> None:
    blocks = re.findall(r"(?:^    .+\n)+", PAGE, re.MULTILINE)
    examples = [re.split(r"\s{3,}", line.strip())[0] for block in blocks[:2] for line in block.splitlines()]
    assert len(examples) == 9
    for example in examples:
        parse(example, NOON)
