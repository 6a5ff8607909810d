"""A curve in words: its legend, the readout at the crosshair, and one sentence for those who do not see it."""

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from mnist_lab.experiment import Validation
from mnist_lab.window.widgets.plots.plot_axes import Quantity
from mnist_lab.window.words import fill, spell, spell_fixed, spell_percent, spell_setting, spell_whole

_THREE_PLACES_FROM = 0.01


@dataclass
class CurveData:
    """What a curve shows.

    Attributes:
        quantity: "loss", or "accuracy" as a share from 0 to 1.
        values: (n,) float32, one a gradient update.
        validation_updates: (e,) float64, gradient updates behind each validation.
        validation_values: (e,) float64.
        trained_values: (e,) float64, the same on images that are trained on; (0,) if that is not shown.
        total_updates: of the whole run, None if unknown.
        updates_per_epoch: None if unknown.
        divergence: index of the first update whose value is not finite, None if there is none.
        measured_on: which images the validations are of; None if unknown.
        rates: the learning rates, each with the index of the first update that was made with it; () if unknown.
        ghost: the name of the run that is shown pale behind; "" for none.
    """

    quantity: Quantity
    values: NDArray[np.float32] = field(default_factory=lambda: np.empty(0, np.float32))
    validation_updates: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    validation_values: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    trained_values: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    total_updates: int | None = None
    updates_per_epoch: int | None = None
    divergence: int | None = None
    measured_on: Validation | None = None
    rates: tuple[tuple[int, float], ...] = ()
    ghost: str = ""


class CurveWords(QObject):
    """Says in words what `data` shows."""

    def __init__(self, data: CurveData, parent: QObject) -> None:
        super().__init__(parent)
        self._data = data

    def name(self) -> str:
        """Return the quantity's name within a sentence."""
        return self.tr("loss") if self._data.quantity == "loss" else self.tr("accuracy")

    def measured(self) -> str:
        """Return what the validations are called, as the cards and the sentence below call them."""
        return self.tr("held-out") if self._data.measured_on == "held_out" else self.tr("test")

    def title(self) -> str:
        """Return a name for the whole curve."""
        return self.tr("Loss curve") if self._data.quantity == "loss" else self.tr("Accuracy curve")

    def spell(self, value: float) -> str:
        """Spell one value of the quantity."""
        if math.isnan(value):
            return self.tr("not a number")
        if math.isinf(value):
            return self.tr("infinite")
        if self._data.quantity == "accuracy":
            return spell_percent(value)
        return spell(value, 3 if value == 0 or abs(value) >= _THREE_PLACES_FROM else 5)

    def readouts(self, update: int | None, *, is_moment: bool = False) -> tuple[str, ...]:
        """Say where `update` (index, from 0) is and its own value, in full and ever shorter; None says the newest.

        With `is_moment` it is of the network after so many updates: the batch of the last of them, and what was
        measured after it.

        What is wanted most comes last, for what has less room still: the value, or what was measured after it.

        At the last batch of an epoch it also says what was measured once that batch was learned.
        """
        data = self._data
        if not len(data.values):
            return ("",)
        if update is None:
            update, is_moment = len(data.values) - 1, False
        place = self._moment(update) if is_moment else self._place(update)
        if is_moment and not update:
            return f"{place[0]} · {self.tr('before the first update')}", place[0]
        update -= is_moment
        value = self.spell(float(data.values[update]))
        named = fill(self.tr("{name} {value}"), name=self.name(), value=value)
        of_batch = fill(self.tr("batch {value}"), value=value)  # where nothing else says what it is of
        rate = self._rate(update)
        measured, trained = self._measured_after(update)
        others = [*measured, *rate]
        full, short = (" · ".join([*place, words, *others]) for words in (named, of_batch if is_moment else value))
        last = [place[0], of_batch if is_moment or place[1:] else value, *measured]
        shortest = [" · ".join(last + rate), *([" · ".join(last)] if rate else ())]
        if not trained:
            return full, short, *shortest
        others = [*measured, *trained, *rate]
        return " · ".join([*place, named, *others]), " · ".join([place[0], of_batch, *others]), short, *shortest

    def _rate(self, update: int) -> list[str]:
        """Which learning rate an update was made with; nothing where all were made with one."""
        rates = self._data.rates
        if not rates[1:]:
            return []
        return [self._spell_rate(next(rate for first, rate in reversed(rates) if first <= update))]

    def newest_rate(self) -> str:
        """Say to what the learning rate was changed last; "" where it never was."""
        return self._spell_rate(self._data.rates[-1][1]) if self._data.rates[1:] else ""

    def _spell_rate(self, rate: float) -> str:
        return fill(self.tr("rate {}"), spell_setting(rate))

    def _measured_after(self, update: int) -> tuple[list[str], list[str]]:
        """What was measured right after an update, on new images and on those that are trained on; nothing mostly."""
        data = self._data
        at = np.flatnonzero(data.validation_updates == update + 1)
        if not len(at):
            return [], []
        measured = f"{self.measured()} {self.spell(float(data.validation_values[at[0]]))}"
        if not len(data.trained_values):
            return [measured], []
        return [measured], [self._trained(float(data.trained_values[at[0]]))]

    def _trained(self, value: float) -> str:
        return fill(self.tr("training digits {value}"), value=self.spell(value))

    def _moment(self, update: int) -> list[str]:
        return [fill(self.tr("update {number}"), number=spell_whole(update))]

    def _place(self, update: int) -> list[str]:
        length = self._data.updates_per_epoch
        if not length:
            return [fill(self.tr("batch {number}"), number=spell_whole(update + 1))]
        epoch = (update + 1) / length  # as the axis above counts: whole numbers are ends of epochs
        return [
            fill(self.tr("epoch {number}"), number=spell_fixed(epoch, 2)),
            fill(self.tr("batch {number}"), number=spell_whole(update % length + 1)),
        ]

    def end(self) -> str:
        """Say where the numbers ended."""
        data = self._data
        if data.divergence is None:
            return ""
        return fill(self.tr("the loss is not finite from {where} on"), where=self._place(data.divergence)[-1])

    def note(self, zeros: int) -> str:
        """Say how many values a logarithmic axis has no place for."""
        return fill(self.tr("{count} × 0 at the lower edge"), count=spell_whole(zeros)) if zeros else ""

    def description(self) -> str:
        """Say the whole curve in one sentence."""
        data, values = self._data, self._data.values
        if not len(values):
            return self.tr("Empty: no batch was trained yet.")
        updates = spell_whole(len(values))
        if data.total_updates:
            updates = fill(self.tr("{done} of {total}"), done=updates, total=spell_whole(data.total_updates))
        parts = [
            fill(
                self.tr("{name} over {updates} gradient updates: from {first} to {last}"),
                name=self.name().capitalize(),
                updates=updates,
                first=self.spell(float(values[0])),
                last=self.spell(float(values[-1])),
            )
        ]
        finite = np.isfinite(values)
        if finite.any():
            parts.append(self._best(np.where(finite, values, np.nan)))
        if len(data.validation_values):
            measured = self.spell(float(data.validation_values[-1]))
            parts.append(f"{self.measured()} {measured}")
        if len(data.trained_values):
            parts.append(self._trained(float(data.trained_values[-1])))
        if data.divergence is not None:
            parts.append(self.end())
        if data.ghost:
            parts.append(fill(self.tr("pale behind it: {run}"), run=data.ghost))
        return "; ".join(parts) + "."

    def _best(self, values: NDArray[np.float32]) -> str:
        if self._data.quantity == "loss":
            best, sentence = int(np.nanargmin(values)), self.tr("lowest {value} at update {update}")
        else:
            best, sentence = int(np.nanargmax(values)), self.tr("highest {value} at update {update}")
        return fill(sentence, value=self.spell(float(values[best])), update=spell_whole(best + 1))
