"""Commands for whoever runs the server: ``python -m records --help``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from records import database


def parser() -> argparse.ArgumentParser:
    """The commands and what they take."""
    top = argparse.ArgumentParser(prog="python -m records", description="The database of what people write.")
    commands = top.add_subparsers(dest="command", required=True)
    commands.add_parser("upgrade", help="bring the tables up to date; the server does so at its start")
    draft = commands.add_parser("draft", help="for developers: draft the step from the last tables to the models")
    draft.add_argument("message", help="what changes, a few words")
    return top


def main(given: Sequence[str] | None = None) -> int:
    """Carry out one command; returns the code with which the process ends.

    Parameters
    ----------
    given : words of the command line, those of the process by default
    """
    wanted = parser().parse_args(given)
    match wanted.command:
        case "upgrade":
            database.current().prepare()
            sys.stdout.write(f"tables: {database.current().revision()}\n")
        case "draft":
            database.draft(wanted.message)
    return 0


if __name__ == "__main__":
    sys.exit(main())
