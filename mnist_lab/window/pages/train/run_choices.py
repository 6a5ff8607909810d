"""What can come after a run: the same once more, the same from another start, or more of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from mnist_lab.window import theme
from mnist_lab.window.pages.train.choice_words import RunChoice


class RunChoices(QWidget):
    """Three buttons, each with a sentence on what stays the same. They keep their room while they are not there.

    Signals:
        again_pressed(), new_start_pressed(), go_on_pressed().
    """

    again_pressed = Signal()
    new_start_pressed = Signal()
    go_on_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(theme.GAP)
        layout.setVerticalSpacing(0)
        self._parts: list[tuple[QPushButton, QLabel]] = []
        signals = (self.again_pressed, self.new_start_pressed, self.go_on_pressed)
        names = ("startAgainButton", "newStartButton", "goOnButton")
        labels = (self.tr("Start again"), self.tr("New random start"), self.tr("Go on"))
        for column, (name, label, pressed) in enumerate(zip(names, labels, signals, strict=True)):
            button, sentence = QPushButton(label, self), QLabel(" ", self)
            button.setObjectName(name)
            button.setAccessibleName(label)
            button.setToolTip(self.tr("Possible once a run has ended."))
            button.clicked.connect(pressed)
            sentence.setObjectName(f"{name}Sentence")
            theme.set_role(sentence, "caption")
            layout.addWidget(button, 0, column)
            layout.addWidget(sentence, 1, column)
            layout.setColumnStretch(column, 1)
            self._parts.append((button, sentence))
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.hide()

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
