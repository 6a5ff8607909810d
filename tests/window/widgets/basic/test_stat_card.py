"""The large number stands still while it changes."""

from PySide6.QtWidgets import QLabel

from mnist_lab.window.widgets.basic.stat_card import StatCard


def test_card_shows_number_and_caption(qtbot) -> None:
    card = StatCard("test accuracy")
    qtbot.addWidget(card)
    assert card.value == "–"
    card.set_value("0.9817")
    assert card.value == "0.9817"
    assert {label.text() for label in card.findChildren(QLabel)} == {"0.9817", "test accuracy"}
    assert card.accessibleName() == "test accuracy: 0.9817"
    card.set_value("")
    card.set_caption("train accuracy")
    assert card.accessibleName() == "train accuracy: –"


def test_width_does_not_depend_on_the_digits(qtbot) -> None:
    card = StatCard("updates", room="0,000 / 0,000")
    qtbot.addWidget(card)
    widths = set()
    for text in ("", "1 / 2,345", "1,111 / 2,345", "2,345 / 2,345"):
        card.set_value(text)
        widths.add(card.sizeHint().width())
    assert len(widths) == 1
    card.set_room("00,000 / 00,000")
    assert card.sizeHint().width() > widths.pop()


def test_width_does_not_depend_on_the_caption_that_room_is_kept_for(qtbot) -> None:
    card = StatCard("test accuracy")
    qtbot.addWidget(card)
    card.keep_caption_room("test accuracy, epoch 10")
    before = card.minimumSizeHint()
    card.set_caption("test accuracy, epoch 10")
    assert card.minimumSizeHint() == before
