"""A sentence across the bottom of the window that stays until it is read."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.basic.notice import Notice


class Banner(QFrame):
    """Shows the newest problem or news, with a button to put it away; over the status line: nothing moves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("problemBanner")
        self._notice = Notice(self)
        self._notice.setObjectName("problemNotice")
        self._close = IconButton("ph.x", parent=self)
        self._close.setObjectName("closeBannerButton")
        self._close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.SMALL_GAP, theme.MARGIN, theme.SMALL_GAP)
        layout.addWidget(self._notice, 1)
        layout.addWidget(self._close)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Explain the button in the language of now; a sentence that was told stays as it was."""
        self._close.setAccessibleName(self.tr("Put this message away"))
        self._close.setToolTip(self.tr("Put this message away."))

    @Slot(str)
    def show_problem(self, sentence: str) -> None:
        """Show what is wrong, in place of the sentence before."""
        self.show()
        self._notice.show_message(sentence, "error")

    @Slot(str)
    def show_notice(self, sentence: str) -> None:
        """Show what is done, in place of the sentence before."""
        self.show()
        self._notice.show_message(sentence, "good")
