"""Quotes by word order: rules for paragraphs without a parse, in any language with a file in languages/."""
