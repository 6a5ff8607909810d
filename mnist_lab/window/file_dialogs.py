"""Files and folders chosen in a dialog that opens where one was last: the only place that knows QFileDialog.

What is asked for, and in which words, stands in `dialogs`. `kind` is what `LastFolders` calls it.
"""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDir
from PySide6.QtWidgets import QFileDialog, QWidget

from mnist_lab.window.last_folders import LastFolders


def choose_file(parent: QWidget, kind: str, title: str, files: str) -> Path | None:
    """A file that is there, of those that `files` describes or any; None if the learner changed their mind."""
    name, _ = QFileDialog.getOpenFileName(parent, title, _begin(parent, kind), _or_any(files))
    if not name:
        return None
    _note(parent, kind, Path(name).parent)
    return Path(name)


def choose_files(parent: QWidget, kind: str, title: str, files: str) -> list[Path]:
    """The same for several; none if the learner changed their mind."""
    names, _ = QFileDialog.getOpenFileNames(parent, title, _begin(parent, kind), _or_any(files))
    if names:
        _note(parent, kind, Path(names[0]).parent)
    return [Path(name) for name in names]


def choose_folder(parent: QWidget, kind: str, title: str) -> Path | None:
    """A folder; None if the learner changed their mind."""
    name = QFileDialog.getExistingDirectory(parent, title, _begin(parent, kind))
    if not name:
        return None
    _note(parent, kind, Path(name))
    return Path(name)


def choose_place(parent: QWidget, kind: str, title: str, kinds: Mapping[str, str], stem: str) -> Path | None:
    """A file to be written, of one of `kinds`, words with their endings, the first being the usual one.

    One that is there already is asked about by the dialog. None: none was chosen.
    """
    usual = next(iter(kinds.values()))
    dialog = QFileDialog(parent, title, _begin(parent, kind), ";;".join(kinds))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(usual)
    dialog.selectFile(stem)
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(kinds.get(chosen, usual)))
    is_accepted = dialog.exec() == QFileDialog.DialogCode.Accepted
    names = dialog.selectedFiles()
    dialog.deleteLater()
    if not is_accepted or not names:
        return None
    _note(parent, kind, Path(names[0]).parent)
    return Path(names[0])


def _or_any(files: str) -> str:
    every = QCoreApplication.translate("dialogs", "All files (*)")
    return f"{files};;{every}"


def _begin(parent: QWidget, kind: str) -> str:
    """The folder in which a dialog opens: where one was last, never the program's."""
    folders = parent.window().findChild(LastFolders)
    return QDir.homePath() if folders is None else folders.of(kind)


def _note(parent: QWidget, kind: str, folder: Path) -> None:
    folders = parent.window().findChild(LastFolders)
    if folders is not None:
        folders.note(kind, folder)
