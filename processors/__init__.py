"""Articles -> enriched -> wire: what an article names, who said what in it, and which story it belongs to."""
