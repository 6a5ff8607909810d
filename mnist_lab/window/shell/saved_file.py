"""Says that a file has left the lab, and offers the folder in which it is."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices

from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.offer import Offer
from mnist_lab.window.words import fill

_LONGEST = 60


def file_stem(words: str) -> str:
    """A file name without its ending, made of words: letters and figures, small, joined by hyphens."""
    kept = "".join(sign if sign.isalnum() else " " for sign in words.lower())
    stem = "-".join(kept.split())[:_LONGEST].strip("-")
    return stem or QCoreApplication.translate("SavedFile", "picture")


def tell_saved(lab: Lab, sentence: str, path: Path) -> None:
    """Say so, with a button that opens the folder of `path`."""
    lab.offered.emit(
        Offer(
            sentence,
            QCoreApplication.translate("SavedFile", "Open &folder"),
            QCoreApplication.translate("SavedFile", "Look at the folder in which it is, outside the lab."),
            _opening(lab, path.parent),
            icon="ph.folder-open",
        )
    )


def _opening(lab: Lab, folder: Path) -> Callable[[], None]:
    def open_folder() -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            words = QCoreApplication.translate("SavedFile", "This computer opens no folder from here: “{folder}”.")
            lab.problem.emit(fill(words, folder=folder))

    return open_folder
