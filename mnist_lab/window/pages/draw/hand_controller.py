"""Joins “My hand” to the pad and to the lab: writing, learning, comparing."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from mnist_lab.window import page_keys
from mnist_lab.window.keyboard import add_shortcut
from mnist_lab.window.pages.draw.answers import Answer, answer_of
from mnist_lab.window.pages.draw.drawn_digit import DrawnDigit
from mnist_lab.window.pages.draw.hand_comparing import HandComparing
from mnist_lab.window.pages.draw.hand_model import HandModel
from mnist_lab.window.pages.draw.hand_words import HandWords, hand_run
from mnist_lab.window.pages.draw.hand_writing import HandWriting
from mnist_lab.window.state.hand_learning import learn_hand
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.offer import Offer

_NO_ANSWER = -1


class HandController(QObject):
    """Keeps both parts up to date while they are seen.

    Attributes:
        writing: the part in which a hand is written.
        comparing: the part in which two networks answer.

    Signals:
        turned(): another part is to be seen, or none.
    """

    turned = Signal()

    def __init__(self, lab: Lab, model: HandModel, digit: DrawnDigit, canvas: QWidget, parent: QWidget) -> None:
        """`canvas` is the pad: Enter keeps what is drawn there."""
        super().__init__(parent)
        self._lab, self._model, self._digit, self._canvas = lab, model, digit, canvas
        self._words = HandWords(self)
        self._answers: tuple[Answer | None, Answer | None] = (None, None)
        self.writing, self.comparing = HandWriting(parent), HandComparing(parent)
        self._enter = add_shortcut(page_keys.KEEP_WRITTEN, canvas)
        self._connect()

    def _connect(self) -> None:
        writing, comparing = self.writing, self.comparing
        for button, act in (
            (writing.asking.keep, self._on_write),
            (writing.asking.back, self._on_write_back),
            (writing.own, self._on_use_own),
            (writing.another, self._on_another),
            (writing.learn, self._on_learn),
            (writing.compare, self._on_compare),
            (writing.close_button, self._on_close),
            (comparing.asking.keep, self._on_count),
            (comparing.asking.back, self._on_count_back),
            (comparing.write, self._on_write_again),
            (comparing.close_button, self._on_close),
        ):
            button.clicked.connect(act)
        writing.cells.taken.connect(self._on_taken)
        self._enter.activated.connect(self._on_enter)
        self._model.changed.connect(self.refresh)

    @property
    def seen(self) -> QWidget | None:
        """The part that is to be seen; None: the gallery."""
        if not self._model.is_open:
            return None
        return self.writing if self._model.is_writing or hand_run(self._lab) is None else self.comparing

    def open(self) -> None:
        """Let the hand be seen in place of the gallery."""
        self._model.is_open = True
        if self._digit.prepared is not None:
            self._digit.pad.clear()  # what was drawn before is none that is asked for; Undo brings it back
        self.refresh()
        self._canvas.setFocus()

    @Slot()
    def refresh(self) -> None:
        """Bring the part that is seen up to date."""
        self.turned.emit()
        seen = self.seen
        self._enter.setEnabled(seen is not None)
        if seen is self.writing:
            self._show_writing()
        elif seen is self.comparing:
            self._show_comparing()

    # Writing

    def _show_writing(self) -> None:
        model, obstacle = self._model, self._words.obstacle(self._lab, self._model)
        self.writing.show_hand(
            model.digits,
            model.asked,
            can_keep=model.asked is not None and self._is_written,
            can_fill=bool(model.usable(self._lab.own_digits.own)),
        )
        self.writing.show_learning(
            can_learn=not obstacle,
            words=obstacle or self._words.plan(self._lab, model),
            can_compare=hand_run(self._lab) is not None,
        )

    @property
    def _is_written(self) -> bool:
        """Whether there are strokes on the pad, and nothing else."""
        return self._digit.prepared is not None and self._digit.content.shares() is not None

    @Slot()
    def _on_write(self) -> None:
        strokes = self._digit.content.shares()
        if strokes is not None and self._model.write(strokes):
            self._empty_pad()

    @Slot()
    def _on_write_back(self) -> None:
        self._on_taken(-1)

    @Slot(int)
    def _on_taken(self, index: int) -> None:
        """Lay a digit on the pad again, to be written anew."""
        digit = self._model.take_back(index)
        if digit is not None:
            self._digit.pad.set_strokes(digit.strokes, 1.0)
            self._canvas.setFocus()

    @Slot()
    def _on_use_own(self) -> None:
        self._model.add(self._model.usable(self._lab.own_digits.own))
        self._canvas.setFocus()  # the button is disabled now

    @Slot()
    def _on_another(self) -> None:
        before = self._model.begin_anew()
        if self._digit.prepared is not None:
            self._digit.pad.clear()  # it is the hand's of before; Undo brings it back
        self._canvas.setFocus()
        self._lab.offered.emit(
            Offer(
                self.tr("A new hand begins: write its first digit."),
                self.tr("&Undo"),
                self.tr("Bring the digits of the hand before back."),
                lambda: self._model.bring_back(before),
                lambda: not self._model.digits,
            )
        )

    @Slot()
    def _on_learn(self) -> None:
        run = self._lab.run
        if run is not None and not self._words.obstacle(self._lab, self._model):
            self._model.is_writing = False
            learn_hand(self._lab, run, self._model.digits)
            self.refresh()
            self._canvas.setFocus()

    @Slot()
    def _on_compare(self) -> None:
        self._model.is_writing = False
        self.refresh()
        self._canvas.setFocus()

    @Slot()
    def _on_close(self) -> None:
        self._model.is_open = False
        self.refresh()

    # Comparing

    def _show_comparing(self) -> None:
        run, model = hand_run(self._lab), self._model
        if run is None:
            return
        model.turn_to(run.id)
        prepared = self._digit.prepared
        image = None if prepared is None else prepared.image
        before, after = answer_of(run.start_weights, image), answer_of(self._lab.weights, image)
        self._answers = before, after
        is_now = self._lab.look.moment is None  # an earlier moment has not learned the hand as far
        can_keep = self._is_written and not run.is_live and run.start_weights is not None and is_now
        can_take_back = bool(model.tested)
        self.comparing.show_asked(model.asked_now, can_keep=can_keep, can_take_back=can_take_back, is_now=is_now)
        self.comparing.show_answers(before, after, model.asked_now)
        self.comparing.show_tally(model.tested, self._words.progress(self._lab, run))

    @Slot()
    def _on_count(self) -> None:
        before, after = (_NO_ANSWER if answer is None else answer.digit for answer in self._answers)
        self._model.count(before, after)
        self._empty_pad()

    @Slot()
    def _on_count_back(self) -> None:
        self._model.forget_last()
        self._canvas.setFocus()

    @Slot()
    def _on_write_again(self) -> None:
        self._model.is_writing = True
        self.refresh()
        self._canvas.setFocus()

    # Both

    @Slot()
    def _on_enter(self) -> None:
        """Do what the button does, where that can be pressed."""
        seen = self.seen
        if isinstance(seen, HandWriting | HandComparing) and seen.asking.keep.isEnabled():
            seen.asking.keep.click()

    def _empty_pad(self) -> None:
        self._digit.pad.clear()
        self._canvas.setFocus()
