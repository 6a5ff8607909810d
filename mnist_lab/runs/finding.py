"""Which run a person means who types its number, or the beginning of its id."""

from collections.abc import Sequence

from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.facts import RunRow
from mnist_lab.words import QT_TRANSLATE_NOOP

_SHORTEST_BEGINNING = 6
"""Of an id, in characters: what is shorter can only be a number, so that “4” never means a run whose id begins so."""


def find_row(rows: Sequence[RunRow], text: str) -> RunRow:
    """The run whose number is `text`, else the only one whose id begins so.

    Raises:
        StoreError: there is none, or there are several.
    """
    found = matching_rows(rows, text)
    if len(found) == 1:
        return found[0]
    if not found:
        raise StoreError(
            QT_TRANSLATE_NOOP(
                "errors", "No run “{text}” is here: give a run's number, or at least {least} characters of its id."
            ),
            text=text,
            least=_SHORTEST_BEGINNING,
        )
    raise StoreError(
        QT_TRANSLATE_NOOP("errors", "The ids of {count} runs begin with “{text}”: write more of the one you mean."),
        count=len(found),
        text=text,
    )


def matching_rows(rows: Sequence[RunRow], text: str) -> list[RunRow]:
    """The run whose number or id is `text`, else all whose ids begin so."""
    typed = text.strip().lower()
    by_number = [row for row in rows if row.number and typed == str(row.number)]
    is_beginning = len(typed) >= _SHORTEST_BEGINNING
    by_id = [row for row in rows if is_beginning and row.id.lower().startswith(typed)]
    return by_number or [row for row in by_id if row.id.lower() == typed] or by_id
