"""Speech by grammar: rules for paragraphs with a dependency tree, in spaCy's labels for English."""
