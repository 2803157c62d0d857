"""Where articles rest and are found: one query language, engines that agree. Knows nothing of the web or of stages."""
