"""Which set is in use, where it comes from, whose it is, and how to get another."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from mnist_lab.data.digits import Digits
from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.icon_button import named_button
from mnist_lab.window.words import fill


class SourcePanel(QWidget):
    """Says it in words, with three ways to other data.

    Signals:
        download_wanted(): all 70,000 digits.
        file_wanted(): an .npz file of one's own.
        folder_wanted(): a folder of IDX files.
    """

    download_wanted = Signal()
    file_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = QLabel(self)
        self._name.setObjectName("dataName")
        self._name.setWordWrap(True)
        theme.set_role(self._name, "heading")
        self._origin = QLabel(self)
        self._origin.setObjectName("dataOrigin")
        self._origin.setWordWrap(True)
        self._origin.setTextFormat(Qt.TextFormat.PlainText)
        theme.set_role(self._origin, "caption")
        self._download = named_button(
            "downloadDataButton",
            "ph.download-simple",
            self.tr("Get all 70,000 digits"),
            self.tr("Download the complete MNIST set once, about 11 MB; what is used now stays until it is here."),
            self,
        )
        self._file = named_button(
            "openDataFileButton",
            "ph.file",
            self.tr("Open data…"),
            self.tr("Use an .npz file with x_train, y_train, x_test and y_test, as Keras has them."),
            self,
        )
        self._folder = named_button(
            "openDataFolderButton",
            "ph.folder-open",
            self.tr("Open data folder…"),
            self.tr("Use a folder of the four IDX files, gzipped or not, such as Fashion-MNIST's."),
            self,
        )
        self._download.clicked.connect(self.download_wanted)
        self._file.clicked.connect(self.file_wanted)
        self._folder.clicked.connect(self.folder_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        for part in (self._name, self._origin, self._download, self._file, self._folder):
            layout.addWidget(part)

    def show_digits(self, digits: Digits | None, *, is_busy: bool) -> None:
        """Describe the set in use; `is_busy` while another is read or downloaded."""
        self._download.setVisible(digits is None or digits.kind != "full")
        for button in (self._download, self._file, self._folder):
            button.set_waiting(is_busy)
        if digits is None:
            self._name.setText(self.tr("Reading the digits…"))
            self._origin.setText("")
            return
        name = {
            "full": self.tr("MNIST, complete"),
            "starter": self.tr("MNIST, starter set"),
            "own": self.tr("Your data"),
        }[digits.kind]
        words = self.tr("{name}: {train:,} training and {test:,} test images")
        self._name.setText(fill(words, name=name, train=len(digits.train_images), test=len(digits.test_images)))
        self._origin.setText(self._origin_words(digits))

    def _origin_words(self, digits: Digits) -> str:
        makers = self.tr("By Yann LeCun, Corinna Cortes and Christopher Burges; licence CC BY-SA 3.0.")
        if digits.kind == "starter":
            lead = self.tr("5,000 of MNIST's handwritten digits, 500 of each, that come with the lab.")
            return f"{lead} {makers}"
        lead = fill(self.tr("Read from {origin}."), origin=digits.origin)
        if digits.kind == "full":
            return f"{lead} {makers}"
        return lead + " " + self.tr("Its makers and its licence are not in the file: the lab does not know them.")
