"""What can come after a run: the same once more, the same from another start, or more of it."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from mnist_lab.window import theme
from mnist_lab.window.pages.train.choice_words import RunChoice
from mnist_lab.window.widgets.basic.width_user import WidthUser


class RunChoices(WidthUser):
    """Three buttons, each with a sentence on what stays the same. They keep their room while they are not there.

    Signals:
        again_pressed(), new_start_pressed(), go_on_pressed().
    """

    again_pressed = Signal()
    new_start_pressed = Signal()
    go_on_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.GAP)
        self._grid.setVerticalSpacing(0)
        self._is_beside: bool | None = None
        self._parts: list[tuple[QPushButton, QLabel]] = []
        signals = (self.again_pressed, self.new_start_pressed, self.go_on_pressed)
        names = ("startAgainButton", "newStartButton", "goOnButton")
        labels = (self.tr("Start again"), self.tr("New random start"), self.tr("Go on"))
        for name, label, pressed in zip(names, labels, signals, strict=True):
            button, sentence = QPushButton(label, self), QLabel(" ", self)
            button.setObjectName(name)
            button.setAccessibleName(label)
            button.setToolTip(self.tr("Possible once a run has ended."))
            button.clicked.connect(pressed)
            sentence.setObjectName(f"{name}Sentence")
            theme.set_role(sentence, "caption")
            self._parts.append((button, sentence))
        self._stand(is_beside=True)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.hide()

    # Where they stand

    def _stand(self, *, is_beside: bool) -> None:
        """Put them beside each other, or under each other where the row has not the room."""
        if is_beside == self._is_beside:
            return
        self._is_beside = is_beside
        for place, (button, sentence) in enumerate(self._parts):
            column, row = (place, 0) if is_beside else (0, 2 * place)
            self._grid.addWidget(button, row, column)
            self._grid.addWidget(sentence, row + 1, column)
            self._grid.setColumnStretch(place, int(is_beside or not place))
        self.updateGeometry()

    def _widths(self) -> list[int]:
        return [max(part.minimumSizeHint().width() for part in pair) for pair in self._parts]

    def use_width(self) -> None:
        """Stand as the width allows."""
        gaps = theme.GAP * (len(self._parts) - 1)
        self._stand(is_beside=sum(self._widths()) + gaps <= self.width())

    def minimumSizeHint(self) -> QSize:
        """Ask for no more width than the widest needs."""
        return QSize(max(self._widths()), self._grid.totalMinimumSize().height())

    # What they say

    def show_choices(self, choices: tuple[RunChoice, RunChoice, RunChoice] | None) -> None:
        """Offer to start again, to start anew from another start, and to go on; None: there is nothing to go from."""
        self.setVisible(choices is not None)
        for (button, sentence), choice in zip(self._parts, choices or (), strict=False):
            button.setText(choice.label)
            button.setAccessibleName(choice.label)
            button.setAccessibleDescription(choice.sentence)
            button.setToolTip(choice.explanation)
            button.setEnabled(choice.is_possible)
            sentence.setText(choice.sentence)
