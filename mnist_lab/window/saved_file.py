"""Names for files that leave the lab, and what is offered once they have."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices

from mnist_lab.window.state.offer import Offer
from mnist_lab.window.words import fill

_LONGEST = 60


def file_stem(words: str) -> str:
    """A file name without its ending, made of words: letters and figures, small, joined by hyphens."""
    kept = "".join(sign if sign.isalnum() else " " for sign in words.lower())
    stem = "-".join(kept.split())[:_LONGEST].strip("-")
    return stem or QCoreApplication.translate("SavedFile", "picture")


def saved_offer(sentence: str, folder: Path, problem: Callable[[str], object]) -> Offer:
    """Say that something was written, with a button that opens the folder; `problem` is told why it cannot."""
    words = QCoreApplication.translate("SavedFile", "This computer opens no folder from here: “{path}”.")
    return Offer(
        sentence,
        QCoreApplication.translate("SavedFile", "Open &folder"),
        QCoreApplication.translate("SavedFile", "Look at the folder in which it is, outside the lab."),
        lambda: _open(folder, words, problem),
        icon="ph.folder-open",
    )


def readable_offer(sentence: str, file: Path, problem: Callable[[str], object]) -> Offer:
    """The same of a file that one reads: the button opens it."""
    words = QCoreApplication.translate("SavedFile", "This computer opens no such file from here: “{path}”.")
    return Offer(
        sentence,
        QCoreApplication.translate("SavedFile", "&Open it"),
        QCoreApplication.translate("SavedFile", "Look at it, outside the lab."),
        lambda: _open(file, words, problem),
        icon="ph.arrow-square-out",
    )


def _open(path: Path, words: str, problem: Callable[[str], object]) -> None:
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        problem(fill(words, path=path))
