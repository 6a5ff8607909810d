"""What the stages of a tab share: controls at the left, pictures at the right, and calm texts."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.scroll_column import keep_controls_width

_STILL = (QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
"""Of what is as high as its words; the rest of the height belongs to the pictures."""


def paragraph(object_name: str, text: str = "", *, caption: bool = False) -> QLabel:
    """A text that wraps."""
    label = QLabel(text)
    label.setObjectName(object_name)
    label.setWordWrap(True)
    if caption:
        theme.set_role(label, "caption")
    return label


def lay_beside(controls: QWidget, column: QLayout, parent: QWidget) -> None:
    """Give `parent` its layout: `controls` at the left, the rest of the width for `column` at the right."""
    layout = QHBoxLayout(parent)
    layout.setContentsMargins(0, theme.GAP, 0, 0)
    layout.setSpacing(theme.LARGE_GAP)
    layout.addWidget(controls)
    layout.addLayout(column, 1)


def beside(controls: QWidget, *pictures: QWidget, parent: QWidget, least: int = 236) -> None:
    """Lay a stage out: `controls`, at `least` so wide, at the left, `pictures` under each other at the right."""
    keep_controls_width(controls, least)
    column = QVBoxLayout()
    column.setSpacing(theme.GAP)
    for picture in pictures:
        column.addWidget(picture, 0 if picture.sizePolicy().verticalPolicy() in _STILL else 1)
    lay_beside(controls, column, parent)


def below_each_other(first: QWidget, *others: QWidget, gap: int) -> QWidget:
    """Widgets of which the first has all the height that the others leave."""
    content = QWidget()
    layout = QVBoxLayout(content)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap)
    layout.addWidget(first, 1)
    for other in others:
        layout.addWidget(other)
    return content


def captioned(picture: QWidget, words: str) -> QWidget:
    """A picture with one sentence on what is to be seen in it."""
    content = QWidget()
    layout = QVBoxLayout(content)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.SMALL_GAP)
    layout.addWidget(picture, 1)
    layout.addWidget(paragraph(f"{picture.objectName()}Caption", words, caption=True))
    return content


def row(*widgets: QWidget) -> QWidget:
    """Widgets beside each other, from the left."""
    line = QWidget()
    layout = QHBoxLayout(line)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.GAP)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return line
