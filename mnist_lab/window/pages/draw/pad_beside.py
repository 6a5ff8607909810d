"""The pad beside what the network says of it."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from mnist_lab.window import theme
from mnist_lab.window.pages.draw.pad_panel import PadPanel


class PadBeside(QHBoxLayout):
    """Half for each; where that is too narrow for the pad's tools, they get what the other half can spare."""

    def __init__(self, pad: PadPanel, other: QLayout, page: QWidget) -> None:
        super().__init__(page)
        self._pad = pad
        self.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.GAP)
        self.setSpacing(theme.GAP)
        self.addWidget(pad, 1)
        self.addLayout(other, 1)

    def setGeometry(self, rect: QRect) -> None:
        """Share the width; Qt gives neither less than its least."""
        room = rect.marginsRemoved(self.contentsMargins()).width() - self.spacing()
        of_pad = min(max(room // 2, self._pad.usual_width), room - 1)
        if of_pad > 0:
            self.setStretch(0, of_pad)
            self.setStretch(1, room - of_pad)
        super().setGeometry(rect)
