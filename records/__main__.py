"""Commands for whoever runs the server: ``python -m records --help``."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from records import accounts, backup, database
from records.accounts import AccountError
from records.backup import BackupError
from records.citizen_reports import retention
from records.models import Role, now
from records.permissions import COMMAND_LINE

_REASONS = {
    "name": "a name is two to 64 small letters, digits and . _ - @, and begins with a letter or digit",
    "title": "the person's name is empty or longer than 120 characters",
    "weak": "a password has 12 to 128 characters, at least six different ones, and not the name of the account",
    "taken": "there is an account of this name; its password is renewed by: python -m records password NAME",
}


def parser() -> argparse.ArgumentParser:
    """The commands and what they take."""
    top = argparse.ArgumentParser(prog="python -m records", description="The database of what people write.")
    commands = top.add_subparsers(dest="command", required=True)
    commands.add_parser("upgrade", help="bring the tables up to date; the server does so at its start")
    admin = commands.add_parser(
        "admin", help="make an account for an admin; the password is asked for, or read as a line"
    )
    admin.add_argument("name", help="with which the admin signs in")
    admin.add_argument("--title", help="the person's name as it is shown")
    password = commands.add_parser("password", help="give an account a new password, and sign it out everywhere")
    password.add_argument("name")
    saved = commands.add_parser("backup", help="write everything to a file; the server may go on meanwhile")
    saved.add_argument("file", type=Path)
    back = commands.add_parser("restore", help="bring everything back from a file, whole or not at all")
    back.add_argument("file", type=Path)
    back.add_argument("--replace", action="store_true", help="even if the database is not empty")
    old = commands.add_parser("forget", help="empty residents' reports that were refused some time ago")
    old.add_argument("--days", type=int, default=retention.DAYS, help="how long ago; %(default)s without it")
    commands.add_parser(
        "hash", help="print a hash of all that is written; it is that of a backup and of what it restores"
    )
    draft = commands.add_parser("draft", help="for developers: draft the step from the last tables to the models")
    draft.add_argument("message", help="what changes, a few words")
    return top


def _ask_password() -> str:
    """The password: typed twice without being shown, or one line of what is piped in."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    typed = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != typed:
        raise SystemExit("records: the two are not the same")
    return typed


def main(given: Sequence[str] | None = None) -> int:
    """Carry out one command; returns the code with which the process ends.

    Parameters
    ----------
    given : words of the command line, those of the process by default
    """
    wanted = parser().parse_args(given)
    try:
        match wanted.command:
            case "upgrade":
                database.current().prepare()
                _say(f"tables: {database.current().revision()}")
            case "admin":
                title = wanted.title or wanted.name
                accounts.make(COMMAND_LINE, wanted.name, title, _ask_password(), [(Role.ADMIN, "")])
                _say(f"{wanted.name} can sign in as admin")
            case "password":
                key = accounts.key_of(wanted.name)
                accounts.reset_password(COMMAND_LINE, key, _ask_password())
                _say(f"{wanted.name} has a new password and is signed out everywhere")
            case "backup":
                made = backup.backup(database.current(), wanted.file)
                _say(f"sha256: {made['sha256']}\ncontent: {made['content']}")
            case "restore":
                made = backup.restore(database.current(), wanted.file, replace=wanted.replace)
                _say(f"content: {made['content']}")
            case "forget":
                gone = retention.forget(COMMAND_LINE, now() - timedelta(days=wanted.days))
                _say(f"emptied: {gone}")
            case "hash":
                _say(f"content: {backup.content(database.current())}")
            case "draft":
                database.draft(wanted.message)
    except AccountError as error:
        raise SystemExit(f"records: {_REASONS.get(error.reason, error.reason)}") from error
    except (BackupError, OSError) as error:
        raise SystemExit(f"records: {error}") from error
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
