"""Every question the lab asks in a dialog, one function each: the only place that knows QMessageBox and QFileDialog."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QWidget

from mnist_lab.data.picture_file import ENDINGS
from mnist_lab.window.words import fill


def dismiss_all() -> None:
    """Close every dialog and list that is open, as if the learner had changed their mind."""
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible():
            widget.reject()
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()


def ask_to_end_run(parent: QWidget, updates: int, total: int) -> bool:
    """Whether to close although a run is live."""
    title = QCoreApplication.translate("dialogs", "A run is going on")
    words = QCoreApplication.translate(
        "dialogs", "The network is training: {updates:,} of {total:,} updates are done.\n\nStop it and close the lab?"
    )
    box = QMessageBox(QMessageBox.Icon.Question, title, fill(words, updates=updates, total=total), parent=parent)
    end = box.addButton(QCoreApplication.translate("dialogs", "Stop and close"), QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(QCoreApplication.translate("dialogs", "Keep training"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    return box.clickedButton() is end


def ask_to_begin_anew(parent: QWidget, updates: int) -> bool:
    """Whether to begin a new network although the trained one, after that many updates, is kept nowhere."""
    title = QCoreApplication.translate("dialogs", "Begin a new network?")
    words = QCoreApplication.translate(
        "dialogs",
        "A new run takes the place of the network that you have, at update {updates:,}, and of its curves.\n\n"
        "Begin a new network?",
    )
    box = QMessageBox(QMessageBox.Icon.Question, title, fill(words, updates=updates), parent=parent)
    begin = box.addButton(
        QCoreApplication.translate("dialogs", "Begin a new one"), QMessageBox.ButtonRole.DestructiveRole
    )
    stay = box.addButton(QCoreApplication.translate("dialogs", "Stay with this one"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    return box.clickedButton() is begin


def ask_for_data_file(parent: QWidget) -> Path | None:
    """A Keras-style .npz file; None if the learner changed their mind."""
    title = QCoreApplication.translate("dialogs", "Open data: a Keras-style .npz file")
    kinds = QCoreApplication.translate("dialogs", "NumPy archives (*.npz);;All files (*)")
    name, _ = QFileDialog.getOpenFileName(parent, title, "", kinds)
    return Path(name) if name else None


def ask_for_data_folder(parent: QWidget) -> Path | None:
    """A folder of IDX files; None if the learner changed their mind."""
    title = QCoreApplication.translate("dialogs", "Open data: a folder of IDX files")
    name = QFileDialog.getExistingDirectory(parent, title)
    return Path(name) if name else None


def ask_for_picture(parent: QWidget) -> Path | None:
    """A picture of a digit; None if the learner changed their mind."""
    title = QCoreApplication.translate("dialogs", "Open a picture of a digit")
    kinds = QCoreApplication.translate("dialogs", "Pictures ({endings});;All files (*)")
    endings = " ".join(f"*.{ending}" for ending in ENDINGS)
    name, _ = QFileDialog.getOpenFileName(parent, title, "", fill(kinds, endings=endings))
    return Path(name) if name else None


def tell_about(parent: QWidget, version: str) -> None:
    """What this program is."""
    title = QCoreApplication.translate("dialogs", "About MNIST Lab")
    words = QCoreApplication.translate(
        "dialogs",
        "MNIST Lab {version}\n\nA lab for one's first neural network.\n\nThe digits are MNIST's, by Yann LeCun, Corinna"
        " Cortes and Christopher Burges (CC BY-SA 3.0).",
    )
    QMessageBox.about(parent, title, fill(words, version=version))
