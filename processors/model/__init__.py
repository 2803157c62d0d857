"""The statistical models: tokens, names and parses of an article's paragraphs, by spaCy.

`pipeline.Model` is the way in. The modules fast_* do what spaCy does in less time and know its insides; all of them
lie behind `Model(fast=True)`. Knows nothing of entities or quotes.
"""
