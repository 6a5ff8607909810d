"""What can come after a run: three buttons with sentences, without them, or under each other, as there is room."""

from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.window.pages.train.choice_words import RunChoice
from mnist_lab.window.pages.train.run_choices import RunChoices

SENTENCES = ("Same start, same curve.", "Same settings, seed 1.", "Same network, trained further than before.")


def test_sentences_go_before_the_buttons_stand_under_each_other(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 300)
    choices = RunChoices(window)
    labels = ("Start again", "New random start", "Go on: 5 more epochs")
    first, second, third = (
        RunChoice(label, sentence, "More.", is_possible=True) for label, sentence in zip(labels, SENTENCES, strict=True)
    )
    choices.show_choices((first, second, third))
    window.show()
    qtbot.waitExposed(window)
    buttons, sentences = choices.findChildren(QPushButton), choices.findChildren(QLabel)
    seen = []
    for width in range(900, choices.minimumSizeHint().width() - 1, -3):
        choices.resize(width, 200)
        QApplication.sendPostedEvents()
        stands = len({button.y() for button in buttons}), any(sentence.isVisible() for sentence in sentences)
        if stands not in seen:
            seen.append(stands)
        assert all(part.geometry().right() < width for part in (*buttons, *sentences) if part.isVisible())
    assert seen == [(1, True), (1, False), (3, True)]
