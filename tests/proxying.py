"""nginx in front of processes of the app, with the configuration of deploy/ but for ports and certificate."""

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tests.serving import ROOT, free_port

DEPLOY = ROOT / "deploy"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


@contextmanager
def proxied(folder: Path, apps: Sequence[str], base: str = "") -> Iterator[str]:
    """Run nginx and yield its address.

    Parameters
    ----------
    folder : for its certificate and files, empty
    apps : addresses of one or two processes
    base : the path below which they stand
    """
    assert NGINX is not None
    port = free_port()
    certificate = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run(["openssl", "req", *certificate, *files], check=True, capture_output=True)
    served = _with(
        (DEPLOY / "nginx" / "tapal.conf").read_text(),
        {
            "listen 443": f"listen 127.0.0.1:{port}",
            "/etc/ssl/tapal": str(folder),
            "location / {": f"location /{base}/ {{" if base else "location / {",
        },
    )
    places = [urlsplit(app).netloc for app in apps]
    one = {"    server 127.0.0.1:8502;\n": ""} if len(places) == 1 else {"127.0.0.1:8502": places[-1]}
    upstream = _with((DEPLOY / "nginx" / "upstream.conf").read_text(), {"127.0.0.1:8501": places[0], **one})
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    configuration = folder / "nginx.conf"
    configuration.write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{temporary}{upstream}{served}}}\n"
    )
    running = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(configuration)])
    try:
        yield f"https://localhost:{port}" + (f"/{base}" if base else "")
    finally:
        running.terminate()
        running.wait(10)


def _with(text: str, changes: dict[str, str]) -> str:
    """Replace each text that has to be there."""
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text
