"""What is said of a file of own digits that cannot be used, of this version or an earlier one, and where it is then."""

from collections.abc import Callable
from pathlib import Path

from mnist_lab.data.digits import DataError
from mnist_lab.words import QT_TRANSLATE_NOOP


class UnusableError(Exception):
    """A file that holds no digits this lab can read: a template with the place `{kept}`, and what else stands in it."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template)
        self.template = template
        self.values = values

    def told(self, path: Path, set_aside: Callable[[Path], Path]) -> DataError:
        """The sentence, once the file is set aside; where it cannot be, it stays: nothing is overwritten there."""
        try:
            kept = set_aside(path)
        except OSError:
            kept = path
        return DataError(self.template, **self.values, kept=kept)


def damaged(reason: object) -> UnusableError:
    """For a file whose content is wrong."""
    return UnusableError(
        QT_TRANSLATE_NOOP(
            "errors",
            "The file of your own digits is damaged ({reason}): it is kept as “{kept}”, and the collection begins "
            "anew; put a copy in its place if you have one.",
        ),
        reason=reason,
    )


def too_large(most_bytes: int) -> UnusableError:
    """For a file that is not even looked into."""
    return UnusableError(
        QT_TRANSLATE_NOOP(
            "errors",
            "The file of your own digits is larger than {most:,.0f} MB, which no collection is: it is kept as "
            "“{kept}”, and the collection begins anew; put a copy in its place if you have one.",
        ),
        most=most_bytes / 1e6,
    )


def newer(version: object, known: int) -> UnusableError:
    """For a file of a lab to come."""
    return UnusableError(
        QT_TRANSLATE_NOOP(
            "errors",
            "The file of your own digits is of a newer MNIST Lab (its version is {version}, this lab reads "
            "{known}): it is kept as “{kept}”, and the collection begins anew; use the newer lab to open it.",
        ),
        version=version,
        known=known,
    )


def unreadable(path: Path, reason: object) -> DataError:
    """For a file that the system does not let be read; it stays where it is."""
    return DataError(
        QT_TRANSLATE_NOOP(
            "errors", "Your own digits in “{path}” cannot be read ({reason}): allow it, and start the lab again."
        ),
        path=path,
        reason=reason,
    )


def unsaved(path: Path, reason: object) -> DataError:
    """For a file that cannot be written."""
    return DataError(
        QT_TRANSLATE_NOOP(
            "errors", "Your own digits cannot be saved in “{path}” ({reason}): free some room there, or allow it."
        ),
        path=path,
        reason=reason,
    )
