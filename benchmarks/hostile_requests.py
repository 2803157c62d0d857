"""Ten thousand requests that nobody would make, of the HTTP API: by the port, and as the owner by the socket has it.

Run: PYTHONPATH=tests/support .venv/bin/python benchmarks/hostile_requests.py [REQUESTS]
Made by schemathesis of docs/openapi.json, as in tests/web/test_schema.py, of a file with two articles whose stages
nobody works. Ends with an error at the first answer of 500 and above that is not a 503 (an installation that is away).
"""

import sys
import tempfile
import time
from pathlib import Path

from generated_requests import ask
from schemathesis.checks import not_a_server_error
from served_api import installation_of, news_file

from web.app import create_app
from web.limits import Limits
from web.owner import OwnersAlone
from web.server import HttpServer

# A replay works the stages, of which this is no test.
REPLAY = "/api/v1/stages/{stage}/replay"
OPERATIONS = 40


def main() -> None:
    """Print how many there were."""
    often = int((*sys.argv[1:], "10000")[0]) // OPERATIONS // 2
    Limits._wait = lambda *_: 0  # type: ignore[method-assign]  # whoever generates requests asks often
    began = time.process_time()
    with tempfile.TemporaryDirectory() as folder, news_file(Path(folder)) as pipeline:
        app = create_app(installation_of(pipeline))
        for who, served in (("by a port", app), ("as the owner", OwnersAlone(app))):
            server = HttpServer(served, "127.0.0.1", 0).start()
            number = ask(server.address, often, [not_a_server_error], [REPLAY])
            server.close()
            print(f"{number} requests {who}, none with an error of the server", flush=True)
    print(f"{time.process_time() - began:.0f} s of CPU")


if __name__ == "__main__":
    main()
