"""Why a .lab file cannot be opened, in one sentence."""

from pathlib import Path

from mnist_lab.lab_file.parts import VERSION
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError


class LabFileError(LabError):
    """A .lab file that cannot be opened or written: one sentence that names it."""


def unusable(path: Path, reason: object) -> LabFileError:
    """What to say of a file that holds what it may not; `reason` in a few words, for instance a `DamageError`."""
    return LabFileError(
        QT_TRANSLATE_NOOP("errors", "“{path}” cannot be opened ({reason}): ask for a good copy of it."),
        path=path,
        reason=reason,
    )


def newer(path: Path, lab: object, version: int) -> LabFileError:
    """What to say of a file that a lab has written which knows more than this one."""
    return LabFileError(
        QT_TRANSLATE_NOOP(
            "errors",
            "“{path}” is of a newer MNIST Lab, {lab} (its version is {version}, this lab reads {known}): use that lab "
            "to open it.",
        ),
        path=path,
        lab=lab if isinstance(lab, str) else "?",
        version=version,
        known=VERSION,
    )
