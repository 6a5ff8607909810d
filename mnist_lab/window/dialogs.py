"""Every question the lab asks in a dialog, one function each: the only place that knows QMessageBox."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QCoreApplication, SignalInstance
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget

from mnist_lab.data.picture_file import ENDINGS
from mnist_lab.window.file_dialogs import choose_file, choose_files, choose_folder, choose_place
from mnist_lab.window.words import fill


def dismiss_all() -> None:
    """Close every dialog and list that is open, as if the learner had changed their mind."""
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible():
            widget.reject()
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()


def ask_to_end_run(parent: QWidget, changed: SignalInstance, is_live: Callable[[], bool]) -> bool:
    """Whether to close although a live run cannot be kept; it goes on meanwhile, so no number of updates is named.

    If it ends while the question stands (looked at whenever it has `changed`), the question is another one.
    """
    title = QCoreApplication.translate("dialogs", "A run is going on")
    words = QCoreApplication.translate(
        "dialogs", "The network is still training, and this run cannot be kept.\n\nStop it and close the lab?"
    )
    box = QMessageBox(QMessageBox.Icon.Question, title, words, parent=parent)
    end = box.addButton(QCoreApplication.translate("dialogs", "Stop and close"), QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(QCoreApplication.translate("dialogs", "Keep training"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)

    def follow() -> None:
        if not is_live():
            box.setWindowTitle(QCoreApplication.translate("dialogs", "The run has ended"))
            box.setText(
                QCoreApplication.translate(
                    "dialogs",
                    "The run has ended meanwhile.\n\nClose the lab? What of it could not be kept is lost.",
                )
            )
            end.setText(QCoreApplication.translate("dialogs", "Close the lab"))
            stay.setText(QCoreApplication.translate("dialogs", "Stay here"))

    changed.connect(follow)
    box.exec()
    changed.disconnect(follow)
    return box.clickedButton() is end


def ask_to_begin_anew(parent: QWidget, updates: int) -> bool:
    """Whether to begin a new network although the trained one, after that many updates, is kept nowhere."""
    title = QCoreApplication.translate("dialogs", "Begin a new network?")
    words = QCoreApplication.translate(
        "dialogs",
        "The network that you have, at update {updates:,}, could not be kept: a new run takes its place.\n\n"
        "Begin a new network?",
    )
    box = QMessageBox(QMessageBox.Icon.Question, title, fill(words, updates=updates), parent=parent)
    begin = QCoreApplication.translate("dialogs", "Begin a new one")
    return _is_sure(box, begin, QCoreApplication.translate("dialogs", "Stay with this one"))


def ask_to_start_over(
    parent: QWidget, runs: int, networks: int, own_digits: int, *, loses_run: bool, keeps_lesson: bool
) -> bool:
    """Whether to let everything that was done in the lab go, of which there is so much; it can be had back.

    All but a run that could not be kept: `loses_run` tells whether there is one. `keeps_lesson`: the next class is to
    find the lesson, theme and text size.
    """
    title = QCoreApplication.translate("dialogs", "Start over?")
    words = QCoreApplication.translate(
        "dialogs",
        "The lab will be as it was when you first opened it. These go:\n\n"
        "•  the settings of the form, and which digits are in use\n"
        "•  the drawing on the pad, and how you look at each page\n"
        "•  how far you are in the course, with your guesses and answers\n"
        "•  {look}\n"
        "•  all runs ({runs:,}), to the lab's bin\n"
        "•  all networks that you kept ({networks:,}), to the lab's bin\n"
        "•  all digits of your own ({own_digits:,}); their file stays, under another name\n\n"
        "Until you close the window, you can have all of it back: Help > Undo start over.",
    )
    look = QCoreApplication.translate("dialogs", "theme, text size and slow motion")
    if keeps_lesson:
        look = QCoreApplication.translate(
            "dialogs", "slow motion; the lesson that is open begins again, theme and text size stay"
        )
    counted = fill(words, look=look, runs=runs, networks=networks, own_digits=own_digits)
    if loses_run:
        counted += "\n\n" + QCoreApplication.translate(
            "dialogs", "But the run that you trained last could not be kept: it is lost for good if you start over."
        )
    box = QMessageBox(QMessageBox.Icon.Question, title, counted, parent=parent)
    begin = QCoreApplication.translate("dialogs", "Start over")
    return _is_sure(box, begin, QCoreApplication.translate("dialogs", "Keep everything"))


def ask_to_delete_for_good(parent: QWidget, what: str) -> bool:
    """Whether to remove deleted runs from the disk; `what` says how many they are and how much room they take."""
    title = QCoreApplication.translate("dialogs", "Delete for good?")
    words = QCoreApplication.translate(
        "dialogs",
        "{what}.\n\nWhat you delete for good is removed from the disk: neither Restore nor Undo brings it back.\n\n"
        "Delete for good?",
    )
    box = QMessageBox(QMessageBox.Icon.Warning, title, fill(words, what=what), parent=parent)
    delete = QCoreApplication.translate("dialogs", "Delete for good")
    return _is_sure(box, delete, QCoreApplication.translate("dialogs", "Keep them in the bin"))


def _is_sure(box: QMessageBox, do: str, leave: str) -> bool:
    """Whether `do` was pressed, of two buttons; Enter and Esc stand for `leave`."""
    agreed = box.addButton(do, QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(leave, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    return box.clickedButton() is agreed


def ask_for_files(parent: QWidget, endings: Sequence[str]) -> list[Path]:
    """Files whose names end so; none if the learner changed their mind."""
    title = QCoreApplication.translate("dialogs", "Open runs, networks, digits, lessons or settings")
    kinds = QCoreApplication.translate("dialogs", "What the lab opens ({endings})")
    kinds = fill(kinds, endings=" ".join(f"*{ending}" for ending in endings))
    return choose_files(parent, "open", title, kinds)


def ask_for_data_file(parent: QWidget) -> Path | None:
    """A Keras-style .npz file; None if the learner changed their mind."""
    title = QCoreApplication.translate("dialogs", "Open data: a Keras-style .npz file")
    return choose_file(parent, "data", title, QCoreApplication.translate("dialogs", "NumPy archives (*.npz)"))


def ask_for_data_folder(parent: QWidget) -> Path | None:
    """A folder of IDX files; None if the learner changed their mind."""
    title = QCoreApplication.translate("dialogs", "Open data: a folder of IDX files")
    return choose_folder(parent, "data", title)


def ask_for_picture(parent: QWidget) -> Path | None:
    """A picture of a digit; None if the learner changed their mind."""
    title = QCoreApplication.translate("dialogs", "Open a picture of a digit")
    kinds = QCoreApplication.translate("dialogs", "Pictures ({endings})")
    endings = " ".join(f"*.{ending}" for ending in ENDINGS)
    return choose_file(parent, "picture", title, fill(kinds, endings=endings))


def ask_for_lesson(parent: QWidget) -> Path | None:
    """A lesson; None if the learner changed their mind."""
    title = QCoreApplication.translate("dialogs", "Open a lesson")
    return choose_file(parent, "lesson", title, QCoreApplication.translate("dialogs", "Lessons (*.json *.md)"))


def ask_to_save_worksheet(parent: QWidget) -> Path | None:
    """Where the worksheet of the course is to be written, as HTML or Markdown; None if the learner changed their mind.

    A file that is there already is asked about by the dialog.
    """
    title = QCoreApplication.translate("dialogs", "Save the worksheet")
    kinds = {
        QCoreApplication.translate("dialogs", "Web page (*.html)"): "html",
        QCoreApplication.translate("dialogs", "Markdown (*.md)"): "md",
    }
    return choose_place(parent, "worksheet", title, kinds, QCoreApplication.translate("dialogs", "worksheet"))


def ask_to_save_experiment(parent: QWidget) -> Path | None:
    """Where the settings of the form are to be saved; None if the learner changed their mind."""
    title = QCoreApplication.translate("dialogs", "Save the experiment")
    kinds = {QCoreApplication.translate("dialogs", "Experiments (*.json)"): "json"}
    return choose_place(parent, "experiment", title, kinds, QCoreApplication.translate("dialogs", "experiment"))


def ask_for_experiment(parent: QWidget) -> Path | None:
    """A file with settings; None if the learner changed their mind."""
    title = QCoreApplication.translate("dialogs", "Open an experiment")
    return choose_file(parent, "experiment", title, QCoreApplication.translate("dialogs", "Experiments (*.json)"))


def ask_to_save_sweep(parent: QWidget) -> Path | None:
    """Where the form of a sweep is to be saved; None if the learner changed their mind."""
    title = QCoreApplication.translate("dialogs", "Save the sweep")
    kinds = {QCoreApplication.translate("dialogs", "Sweeps (*.json)"): "json"}
    return choose_place(parent, "sweep", title, kinds, QCoreApplication.translate("dialogs", "sweep"))


def ask_for_sweep(parent: QWidget) -> Path | None:
    """A file that describes a sweep; None if the learner changed their mind."""
    title = QCoreApplication.translate("dialogs", "Open a sweep")
    return choose_file(parent, "sweep", title, QCoreApplication.translate("dialogs", "Sweeps (*.json)"))


def ask_to_save_program(parent: QWidget) -> Path | None:
    """Where the Keras program is to be written, for Python or Jupyter; None if the learner changed their mind.

    A file that is there already is asked about by the dialog.
    """
    title = QCoreApplication.translate("dialogs", "Save the Keras program")
    kinds = {
        QCoreApplication.translate("dialogs", "Python program (*.py)"): "py",
        QCoreApplication.translate("dialogs", "Jupyter notebook (*.ipynb)"): "ipynb",
    }
    return choose_place(parent, "program", title, kinds, "mnist_network")


def ask_to_save_picture(parent: QWidget, stem: str, ending: Literal["png", "svg"]) -> Path | None:
    """Where a picture is to be saved, `stem` and the ending being its usual name; None: not at all."""
    title = QCoreApplication.translate("dialogs", "Save the picture")
    kinds = {
        "png": QCoreApplication.translate("dialogs", "Picture in pixels (*.png)"),
        "svg": QCoreApplication.translate("dialogs", "Drawing (*.svg)"),
    }
    return choose_place(parent, "saved_picture", title, {kinds[ending]: ending}, stem)


def ask_to_save_export(parent: QWidget, what: str, form: str, ending: str, stem: str) -> Path | None:
    """Where runs are to be exported as a file; None if the learner changed their mind.

    Args:
        parent: as everywhere in Qt.
        what: the runs in words.
        form: what the file is, in words.
        ending: of its name, with the point.
        stem: its usual name without the ending.
    """
    title = fill(QCoreApplication.translate("dialogs", "Export {what}"), what=what)
    return choose_place(parent, "export", title, {f"{form} (*{ending})": ending.removeprefix(".")}, stem)


def ask_for_export_folder(parent: QWidget, what: str) -> Path | None:
    """The folder into which runs are to be exported; None if the learner changed their mind."""
    title = fill(QCoreApplication.translate("dialogs", "Export {what} into a folder"), what=what)
    return choose_folder(parent, "export", title)


def tell_about(parent: QWidget, version: str) -> None:
    """What this program is."""
    title = QCoreApplication.translate("dialogs", "About MNIST Lab")
    words = QCoreApplication.translate(
        "dialogs",
        "MNIST Lab {version}\n\nA lab for one's first neural network.\n\nThe digits are MNIST's, by Yann LeCun, Corinna"
        " Cortes and Christopher Burges (CC BY-SA 3.0).",
    )
    QMessageBox.about(parent, title, fill(words, version=version))
