"""A hint in words: what it is about, why, and what the button beside it does."""

from collections.abc import Callable

from PySide6.QtCore import QLocale, QObject

from mnist_lab.course.hint_texts import hint_texts, numbers_of
from mnist_lab.course.numbers import PLACE
from mnist_lab.experiment import FIELD_NAMES, Experiment
from mnist_lab.window import translation
from mnist_lab.window.course_numbers import spell_number
from mnist_lab.window.state.hinting import Hint
from mnist_lab.window.state.offer import Offer
from mnist_lab.window.widgets.basic.hint_strip import HintLine
from mnist_lab.window.words import fill, spell_setting, spell_whole


class HintWords(QObject):
    """Makes the sentences."""

    def line(self, hint: Hint, draft: Experiment, place: int, count: int, *, is_live: bool) -> HintLine:
        """A hint about a run that `is_live` or not, while `draft` is in the form; the `place`th of all that hold."""
        if hint.id == "class_confusion":
            action, explanation = self.tr("Show me"), self._show_me(hint)
        elif hint.id == "range_test":
            action, explanation = self.tr("Range test"), self.tr("Opens Trials with the settings of this run.")
        else:
            action, explanation = self.tr("Apply"), self._apply(hint, draft, is_live=is_live)
        can_act = not hint.changes or any(getattr(draft, name) != value for name, value in hint.changes.items())
        return self._line(hint, action, explanation, can_act=can_act, place=place, count=count)

    def input_line(self, hint: Hint) -> HintLine:
        """The hint about what the network gets."""
        explanation = self.tr("Switches “Divide by 255” on again, on the tab Preparing.")
        return self._line(hint, self.tr("Apply"), explanation, can_act=True, place=1, count=1)

    def _line(self, hint: Hint, action: str, explanation: str, *, can_act: bool, place: int, count: int) -> HintLine:
        text, numbers = hint_texts(QLocale().name())[hint.id], numbers_of(hint)
        says = PLACE.sub(lambda match: spell_number(numbers[match[1]]), text.says)
        return HintLine(text.title, says, text.why, action, explanation, can_act, place, count)

    def offer(self, hint: Hint, undo: Callable[[], object], is_open: Callable[[], bool]) -> Offer:
        """To have back in the form what stood there before the hint was applied."""
        words = self.tr("Set in the form: {changes}. Undo brings back what stood there.")
        return Offer(
            fill(words, changes=self._changes(hint, self.tr("{name} {value}"))),
            self.tr("&Undo"),
            self.tr("Bring back into the form what stood there before the hint was applied."),
            undo,
            is_open,
        )

    def _apply(self, hint: Hint, draft: Experiment, *, is_live: bool) -> str:
        if all(getattr(draft, name) == value for name, value in hint.changes.items()):
            changes = self._changes(hint, self.tr("{name} {value}"))
            return fill(self.tr("Set in the form already: {changes}. Start a new run."), changes=changes)
        changes = self._changes(hint, self.tr("{name} to {value}"))
        if hint.id == "overfitting":
            words = self.tr(
                "Sets {changes} in the form, in place of {epochs}: after epoch {best} the test loss was lowest."
            )
            best = round(hint.values["best_epoch"])
            return fill(words, changes=changes, epochs=spell_whole(draft.epochs), best=spell_whole(best))
        words = self.tr("Sets {changes} in the form. Undo brings back what stands there now.")
        if is_live and "learning_rate" in hint.changes:
            words = self.tr("Sets {changes} in the form and in this run. Undo brings back what stands there now.")
        return fill(words, changes=changes)

    def _show_me(self, hint: Hint) -> str:
        words = self.tr("Opens Evaluate with the pictures of {digit} that it takes for {answer}.")
        return fill(words, digit=round(hint.values["digit"]), answer=round(hint.values["answer"]))

    def _changes(self, hint: Hint, words: str) -> str:
        """As "learning rate 0.001"; `words` have places for name and value."""
        names = [translation.translate("fields", FIELD_NAMES[name]) for name in hint.changes]
        values = [self._value(value) for value in hint.changes.values()]
        return ", ".join(fill(words, name=name, value=value) for name, value in zip(names, values, strict=True))

    def _value(self, value: object) -> str:
        """As the form shows it."""
        if isinstance(value, int):
            return spell_whole(value)
        if isinstance(value, float):
            return spell_setting(value)
        return {"glorot": self.tr("Glorot uniform")}.get(str(value), str(value))
