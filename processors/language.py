"""Which language a text is in, by its words; a text too short to tell is believed to be what its publisher says.

Knows ISO 639-1 codes; nothing of models.
"""

import py3langid  # type: ignore[import-untyped]  # ships no types

# Character statistics need some words: below this a headline's names decide, not its language.
_SHORT = 60
# The opening is as good as the whole, and keeps the time linear.
_SAMPLE = 2_000


def detect(text: str, claimed: str | None) -> str | None:
    """ISO 639-1 of the text's language; the claim where the text is too short; None where neither says."""
    claim = claimed.lower().replace("_", "-").split("-")[0] if claimed else None
    sample = " ".join(text[:_SAMPLE].split())
    if not any(character.isalpha() for character in sample):
        return claim
    if len(sample) < _SHORT and claim:
        return claim
    language, _ = py3langid.classify(sample)
    return str(language)
