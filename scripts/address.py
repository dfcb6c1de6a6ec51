"""Say where the app will be found, or why it cannot be there: python scripts/address.py HOST PORT."""

import errno
import ipaddress
import socket
import sys

HIGHEST = 65535
TRIES = 100


def taken(host: str, port: int) -> OSError | None:
    """The error with which this address is refused, as the server would ask for it; None when it is free."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        if sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error
    return None


def refusal(host: str, text: str) -> str | None:
    """What is wrong with a host and a port, with what to do; None when the app can start there."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= HIGHEST):
        return f"PORT={text}: a port is a number from 1 to {HIGHEST}"
    port = int(text)
    error = taken(host, port)
    if error is None:
        return None
    if error.errno == errno.EADDRINUSE:
        free = next((p for p in range(port + 1, min(port + TRIES, HIGHEST) + 1) if taken(host, p) is None), None)
        return f"port {port} is in use" + (f"; free is: make run PORT={free}" if free else "")
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"port {port} needs the rights of an administrator; without them: make run PORT=8501"
    return f"HOST={host} is no address of this machine; localhost is, and 0.0.0.0 stands for all of them"


def for_this_machine_alone(host: str) -> bool:
    """Whether no other machine can reach this address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def main(host: str, port: str) -> int:
    """Print the address; 1 when the app cannot start there."""
    if said := refusal(host, port):
        print(f"run: {said}", file=sys.stderr)
        return 1
    alone = for_this_machine_alone(host)
    everywhere = host in ("0.0.0.0", "::")  # noqa: S104 -- asked for by whoever starts the app
    name = "localhost" if alone else socket.gethostname() if everywhere else host
    print(f"Tapal: http://{name}:{int(port)}", flush=True)
    if not alone:
        print("Every machine that reaches this one can open it; reading needs no sign-in.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
