"""The rules that rewrite text look first for what is rare in it, for speed, and find what plainer ones would."""

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from stores.analysis.settings import ANALYSIS

RULES = ANALYSIS["char_filter"]
ENDS = RULES["sentence_ends"]["pattern"].removeprefix(r"(?=[.!?\u061F-\uFF1F])")
# The same from left to right: what stands before, the sign, what stands behind.
PLAIN = {
    "sentence_ends": (regex.sub(r"\\\.(\(\?<!.*)\\\.\)\|\[!", r"\1)\.|[!", ENDS, count=1), "\\1 ⏏ "),
    "hidden_characters": (r"[\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]", ""),
    "combining_marks": (r"(?<=[A-Za-z\u00C0-\u024F\u1E00-\u1EFF])[\u0300-\u036F]+", ""),
    "abbreviation_dots": (r"(?<=(?:^|[^\p{L}\p{N}.])\p{L}|\.\p{L})\.(?=\p{L}(?![\p{L}\p{N}]))", ""),
    "thousands": (r"(?<=\d)[,'\u2019\u00A0\u2009\u202F](?=\d\d\d(?!\d))", ""),
    "elision": (RULES["elision"]["pattern"].removeprefix(r"(?=[cdjlmnpqstuCDJLMNPQSTU]['\u2019aenou])"), ""),
    "pluses": (r"(?<![\p{L}\p{N}])([\p{Lu}\p{Ll}])\+\+(?![\p{L}\p{N}+])", r"\1ʘʘ"),
    "sharps": (r"(?<![\p{L}\p{N}])([\p{Lu}\p{Ll}])#(?![\p{L}\p{N}#])", r"\1ǁ"),
    "codes": (r"(?<![\p{L}\p{N}.'\u2019_-])(\p{L}{1,2})[-\u2010\u2011](?=\d)", r"\1"),
}
SIGNS = "29.,'’-\u2010\u2011&+#!?… \n\u00a0\u200b\u0301\u0308\ufeff。”)(“_"
WORDS = [*"acéЖ中あ𝐀", *"ACÉ", "Qu", "qu", "Jusqu", "dell", "Degl", "un", "Sgt", "no", "C++", "F-16", "1,000", "U.S."]
TEXTS = st.lists(st.sampled_from([*SIGNS, *WORDS]), max_size=14).map("".join)


def test_the_rules_that_are_compared_are_others() -> None:
    assert [name for name, (plain, _) in PLAIN.items() if plain == RULES[name]["pattern"]] == []


@pytest.mark.parametrize("name", PLAIN)
@given(text=TEXTS)
@example("Gen. Hale fell. Then “Stop!” He left? 東京。")
@example("qu’elle jusqu’ici dell'arte l'Est d'O 1’000’000 F-16s A-1-2 C++ a#")
@example("a.b.c. U.S.A. x\u0301\u0308 1\u0301 1,000,000 1,0000 +++ a+++ ##")
def test_a_rule_finds_what_a_plainer_one_would(name: str, text: str) -> None:
    rule = RULES[name]
    plain, replacement = PLAIN[name]
    found = regex.sub(rule["pattern"], rule["replacement"].replace("$", "\\"), text)
    assert found == regex.sub(plain, replacement, text)
