"""What can come after a run: the same once more, the same from another start, or more of it."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from mnist_lab.window import theme
from mnist_lab.window.pages.train.choice_words import RunChoice
from mnist_lab.window.widgets.basic.buttons import PushButton
from mnist_lab.window.widgets.basic.width_user import WidthUser


class RunChoices(WidthUser):
    """Three buttons, each with a sentence on what stays the same. They keep their room while they are not there.

    Where the sentences have no room beside each other, the buttons stand without them: their tooltips say more.

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
        self._stands: tuple[bool, bool] | None = None  # beside each other, with their sentences
        self._parts: list[tuple[PushButton, QLabel]] = []
        signals = (self.again_pressed, self.new_start_pressed, self.go_on_pressed)
        names = ("startAgainButton", "newStartButton", "goOnButton")
        labels = (self.tr("Start again"), self.tr("New random start"), self.tr("Go on"))
        for name, label, pressed in zip(names, labels, signals, strict=True):
            button, sentence = PushButton(label, self), QLabel(" ", self)
            button.setObjectName(name)
            button.setAccessibleName(label)
            button.setToolTip(self.tr("Possible once a run has ended."))
            button.clicked.connect(pressed)
            sentence.setObjectName(f"{name}Sentence")
            theme.set_role(sentence, "caption")
            self._parts.append((button, sentence))
        self._stand(is_beside=True, is_told=True)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.hide()

    # Where they stand

    def _stand(self, *, is_beside: bool, is_told: bool) -> None:
        """Put them beside each other, or under each other where the row has not the room."""
        if (is_beside, is_told) == self._stands:
            return
        self._stands = is_beside, is_told
        for place, (button, sentence) in enumerate(self._parts):
            sentence.setVisible(is_told)
            column, row = (place, 0) if is_beside else (0, 2 * place)
            self._grid.addWidget(button, row, column)
            self._grid.addWidget(sentence, row + 1, column)
            self._grid.setColumnStretch(place, int(is_beside or not place))
        self.updateGeometry()

    def _widths(self, *, is_told: bool) -> list[int]:
        pairs = [pair if is_told else pair[:1] for pair in self._parts]
        return [max(part.minimumSizeHint().width() for part in pair) for pair in pairs]

    def use_width(self) -> None:
        """Stand as the width allows."""
        room = self.width() - theme.GAP * (len(self._parts) - 1)
        is_told, has_room = (sum(self._widths(is_told=told)) <= room for told in (True, False))
        self._stand(is_beside=has_room, is_told=is_told or not has_room)

    def minimumSizeHint(self) -> QSize:
        """Ask for no more width than the widest needs."""
        return QSize(max(self._widths(is_told=True)), self._grid.totalMinimumSize().height())

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
