"""Quotes by dependency parse: rules over the tree, in spaCy's labels for English."""
