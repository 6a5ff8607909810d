"""A titled panel: one picture with its heading and, at the right, its view options."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mnist_lab.window import theme


class Panel(QFrame):
    """Frames `content` under a heading; options go to the right of it.

    Attributes:
        heading: what the picture is called.
    """

    def __init__(self, heading: str, content: QWidget, *options: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = heading
        theme.set_role(self, "card")
        title = QLabel(heading, self)
        theme.set_role(title, "heading")
        # As high as a row with an option, so that panels side by side begin their pictures at one height.
        title.setMinimumHeight(title.fontMetrics().height() + 2 * theme.GAP)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(title)
        row.addStretch(1)
        for option in options:
            row.addWidget(option)
        self._row = row
        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.GAP + theme.SMALL_GAP, theme.GAP, theme.GAP + theme.SMALL_GAP, theme.GAP)
        layout.setSpacing(theme.SMALL_GAP)
        layout.addLayout(row)
        layout.addWidget(content, 1)

    def width_around(self) -> int:
        """What the card takes at the left and right of its content, in logical pixels."""
        margins = self.contentsMargins() + self._layout.contentsMargins()
        return margins.left() + margins.right()

    def height_around(self) -> int:
        """What the card takes beside its content, in logical pixels."""
        margins = self.contentsMargins() + self._layout.contentsMargins()
        return margins.top() + margins.bottom() + self._layout.spacing() + self._row.minimumSize().height()
