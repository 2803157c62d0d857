"""From the web, or a file, to complete articles: find, fetch, parse, repair, identify.

Knows nothing of what becomes of an article afterwards: no models, no stores, no alerts.
"""
