"""Main effects of a sweep in words: the rows of their picture, and what it shows in sentences."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from mnist_lab.studies.main_effects import EffectLevel, MainEffect
from mnist_lab.window.setting_words import SettingWords
from mnist_lab.window.widgets.plots.effect_rows import EffectPanel, EffectRow
from mnist_lab.window.words import fill, rounded, spell_fixed, spell_percent, spell_signed, spell_whole

_FIGURES, _FIGURES_OF_RANGES = 4, 2
"""Of a value, and of the ends of a third of those that were drawn."""


class EffectWords(QObject):
    """Makes the rows and the sentences."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = SettingWords(self)

    def panels(self, effects: Sequence[MainEffect]) -> tuple[EffectPanel, ...]:
        """What the picture shows."""
        return tuple(
            EffectPanel(
                self._title(effect), self._verdict(effect), tuple(self._row(effect, one) for one in effect.levels)
            )
            for effect in effects
        )

    def summary(self, effects: Sequence[MainEffect]) -> str:
        """What the picture says, the setting first that mattered most."""
        if not effects or effects[0].best is None:
            return self.tr("No run has come to its end yet.")
        parts = [self._most(effects[0])]
        parts += [self._unclear(effects[1:])] if len(effects) > 1 else []
        missing = sum(level.missing for level in effects[0].levels)
        if missing:
            words = self.tr("Left out of the means, because they have no accuracy: %n run(s).", "", missing)
            parts.append(words)
        return " ".join(part for part in parts if part)

    def _most(self, effect: MainEffect) -> str:
        best, worst = effect.best, effect.worst
        if best is None or worst is None or not effect.is_compared:
            return fill(self.tr("Only one value of {setting} has runs to compare yet."), setting=self._name(effect))
        if not effect.spread:
            return fill(self.tr("{setting} made no difference to the mean accuracy."), setting=self._title(effect))
        words = {
            "clear": self.tr("{setting} mattered most: from {low} on average with {worst} to {high} with {best}."),
            "unclear": self.tr(
                "{setting} differed most, from {low} on average with {worst} to {high} with {best}, but no clear "
                "difference: the 95\u00a0% intervals overlap."
            ),
            "untold": self.tr(
                "{setting} differed most, from {low} with {worst} to {high} with {best}. One run for a value has no "
                "interval: nothing says how much is chance. Vary the seed, too, to see it."
            ),
        }
        return fill(
            words[effect.verdict],
            setting=self._title(effect),
            low=self._mean(worst),
            high=self._mean(best),
            worst=self._value(effect, worst),
            best=self._value(effect, best),
        )

    def _unclear(self, others: Sequence[MainEffect]) -> str:
        """Which of the others made no difference that is clear."""
        names = [self._name(effect) for effect in others if effect.verdict == "unclear"]
        return fill(self.tr("No clear difference by {names}."), names=", ".join(names)) if names else ""

    def _verdict(self, effect: MainEffect) -> str:
        if not effect.is_compared:
            return self.tr("nothing to compare yet")
        words = {
            "clear": self.tr("{points} points, a clear difference"),
            "unclear": self.tr("{points} points, no clear difference"),
            "untold": self.tr("{points} points"),
        }
        told = fill(words[effect.verdict], points=spell_fixed(100 * effect.spread, 1))
        if effect.rank_correlation is not None:
            correlation = spell_signed(round(effect.rank_correlation, 2))
            told += fill(self.tr("; rank correlation {correlation}"), correlation=correlation)
        return told

    def _row(self, effect: MainEffect, level: EffectLevel) -> EffectRow:
        value = self._value(effect, level)
        return EffectRow(
            value, self._mean(level), self._spoken(effect, level, value), level.mean, level.half_width, level.accuracies
        )

    def _spoken(self, effect: MainEffect, level: EffectLevel, value: str) -> str:
        """One value: "Learning rate 0.01: 97.8 % on average of 4 runs, 95 % interval 97.1 % – 98.5 %"."""
        setting = self._title(effect)
        missing = (
            fill(self.tr("; without accuracy: {count}"), count=spell_whole(level.missing)) if level.missing else ""
        )
        if level.mean is None:
            return fill(self.tr("{setting} {value}: no run has an accuracy"), setting=setting, value=value) + missing
        runs = self.tr("%n run(s)", "", len(level.accuracies))
        words = self.tr("{setting} {value}: {mean} on average of {runs}")
        told = fill(words, setting=setting, value=value, mean=self._mean(level), runs=runs)
        if level.half_width is not None:
            ends = [spell_percent(level.mean + sign * level.half_width) for sign in (-1, 1)]
            told += fill(self.tr(", 95\u00a0% interval {low} – {high}"), low=ends[0], high=ends[1])
        return told + missing

    def _mean(self, level: EffectLevel) -> str:
        return "–" if level.mean is None else spell_percent(level.mean)

    def _value(self, effect: MainEffect, level: EffectLevel) -> str:
        if level.lowest == level.highest:
            return self._told(effect, level.lowest, _FIGURES)
        low, high = (self._told(effect, end, _FIGURES_OF_RANGES) for end in (level.lowest, level.highest))
        return fill(self.tr("{low} – {high}"), low=low, high=high)

    def _told(self, effect: MainEffect, value: object, figures: int) -> str:
        return self._settings.value(effect.field, rounded(value, figures) if isinstance(value, float) else value)

    def _name(self, effect: MainEffect) -> str:
        return self._settings.name(effect.field)

    def _title(self, effect: MainEffect) -> str:
        name = self._name(effect)
        return name[:1].upper() + name[1:]
