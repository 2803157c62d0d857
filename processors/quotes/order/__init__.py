"""Speech by the order of words: rules for paragraphs without a tree, in any language with a file in languages/."""
