"""A channel that people are told by: a web server on loopback that remembers what it is told, and under which id."""

import json
from collections import Counter

from loopback import Reply, Site


class Webhook:
    """Takes every message."""

    def __init__(self, site: Site) -> None:
        self.site = site
        site.pages["/told"] = Reply()
        # The seconds that Apprise waits: a busy machine is not a channel that is away.
        self.channel = f"json://127.0.0.1:{site.port}/told?cto=60&rto=60"

    def told(self) -> Counter[str]:
        """How often each alert was told, by its id."""
        return Counter(json.loads(asked.body)["alert_id"] for asked in list(self.site.asked))
