"""How many reports are taken: from one address, and from all on one day."""

from __future__ import annotations

from records.rates import Rate


class Pace:
    """Counts what comes. Reports are counted in the database; forms, right or wrong, in the memory of this process."""

    def __init__(self) -> None:
        self.forms = Rate("REPORT_FORMS", "30/10 minutes")
        """From one address: beyond that none is even read."""
        self.own = Rate("REPORTS", "12/hour; 40/day", stored=True)
        """From one address, which a whole neighbourhood may share on its telephones."""
        self.all = Rate("REPORTS_OF_ALL", "1000/day", stored=True)
        """From anywhere: as many as an office can still look through."""

    def may_send(self, address: str) -> bool:
        """Count a form before it is read; False when there were too many from this address.

        Parameters
        ----------
        address : from which it comes
        """
        return not self.forms.take(address)

    def may_report(self, address: str) -> str:
        """Count a report that is whole: "" where it is taken, else often or day.

        Parameters
        ----------
        address : from which it comes

        Raises
        ------
        sqlalchemy.exc.SQLAlchemyError
            The database cannot be used.
        """
        if self.own.take(address):
            return "often"
        return "day" if self.all.take("") else ""
