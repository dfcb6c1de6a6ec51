"""Ask the feed of a running server everything that its OpenAPI document allows and much that it does not.

``make feed-check`` runs it: Schemathesis, in an environment of its own, looks for server errors and for answers that
the document does not know. What it would refuse besides, a limit beyond the greatest, the standard allows.
"""

import os
import subprocess
import sys

from tests.serving import serve

TOOL = "schemathesis==4.32.5"
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"


def main() -> int:
    """Start a server, attack it for a minute and return what Schemathesis found."""
    # The pace of one address is tested by itself; here every request shall get through.
    os.environ["TAPAL_RATE_FEED"] = "1000000/minute"
    with serve() as address:
        url = f"{address}/api/v1/openapi.json"
        options = ["--checks", CHECKS, "--max-time", "60", "--max-examples", "25", "--seed", "1", "--workers", "2"]
        command = [sys.executable, "-m", "uv", "tool", "run", "--from", TOOL, "st", "run", url, *options]
        return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
