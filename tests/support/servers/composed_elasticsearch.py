"""The node of docker-compose.yml, without its container: the test server with the settings that the service gives.

The image makes a setting of every variable in lower case with a dot in its name, and the first password of "elastic"
of ELASTIC_PASSWORD; an unknown setting keeps the node from starting, as it would there.
"""

import getpass
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from servers.elasticsearch import Elasticsearch

# Of modules that the test server has not got (docs/operations.md).
LACKING = ("ingest.geoip.",)
# The test server's own, which the compose file's take the place of.
OWN = ("cluster.routing.allocation.disk.", "xpack.", "discovery.type")


class ComposedElasticsearch(Elasticsearch):
    """A node as the compose file's service `elasticsearch` has it, with its data under `folder`."""

    def __init__(self, folder: Path, service: Mapping[str, Any]) -> None:
        """`service`: its mapping out of the compose file, variables filled in."""
        environment: dict[str, str] = service["environment"]
        super().__init__(folder, password=environment["ELASTIC_PASSWORD"])
        self.given = {
            name: value
            for name, value in environment.items()
            if re.fullmatch(r"[a-z_]+(\.[a-z_]+)+", name) and not name.startswith(LACKING)
        }
        (self._home,) = folder.glob("elasticsearch-*")
        self._folder = folder
        written = self._home / "config" / "elasticsearch.yml"
        written.write_text("\n".join(line for line in written.read_text().splitlines() if not line.startswith(OWN)))
        self.configure(self.given)

    def wipe(self) -> None:
        """A fresh volume: stopped, it has no data when it starts again."""
        subprocess.run(["rm", "-rf", self._folder / "data"], check=True)

    def remember(self, password: str) -> None:
        """A fresh container over the volume that is there: its keystore is made of another ELASTIC_PASSWORD."""
        kept = self._home / "config" / "elasticsearch.keystore"
        kept.unlink()
        for command in (["create"], ["add", "--stdin", "bootstrap.password"]):
            keystore = [str(self._home / "bin" / "elasticsearch-keystore"), *command]
            subprocess.run(keystore, input=password.encode(), env=self._environment, check=True, capture_output=True)
        shutil.chown(kept, self._user or getpass.getuser())
        self.auth = ("elastic", password)

    def configure(self, settings: Mapping[str, str]) -> None:
        """Other settings from the next start on, in the place of those of the same names."""
        written = self._home / "config" / "elasticsearch.yml"
        kept = [line for line in written.read_text().splitlines() if line.split(":")[0] not in settings]
        written.write_text("\n".join([*kept, *(f"{name}: {value}" for name, value in settings.items()), ""]))
