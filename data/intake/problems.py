"""What is wrong in a file that somebody brought, cell by cell; the words for it stand in `views`."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, or that must be said.

    Attributes
    ----------
    code : names the reason; `views.topics.uploads.words` has a sentence for each
    sheet : name of the sheet, "" in a CSV
    row : as the spreadsheet counts, 0 for the sheet or file as a whole
    column : heading as the file has it
    value : what stands in the cell
    detail : a name or number that belongs to the reason, such as the similar heading
    """

    code: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    value: str = ""
    detail: str = ""


class FileError(ValueError):
    """A file that is refused whole."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem

    def __reduce__(self) -> tuple[type[FileError], tuple[Problem]]:
        return FileError, (self.problem,)


class CellError(ValueError):
    """A cell that cannot be read; `code` and `detail` are those of its problem."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail

    def at(self, place: Problem) -> Problem:
        """The problem, at a place."""
        return replace(place, code=self.code, detail=self.detail)
