"""When to ask, and how often: what a publisher may expect of us.

Pure decisions (cache_headers, conditional_get, schedule), what a host is spared (host_throttle, host_backoff) and what
it allows (robots). Knows nothing of what a feed says.
"""
