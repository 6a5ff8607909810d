"""One setting of many runs against their accuracy, in sentences."""

from PySide6.QtCore import QObject

from mnist_lab.inspection.share import Share
from mnist_lab.runs.scatter import Scatter, ScatterPoint
from mnist_lab.window import translation
from mnist_lab.window.pages.runs.comparison_words import ComparisonWords
from mnist_lab.window.run_names import run_briefly, run_in_sentence
from mnist_lab.window.setting_words import SettingWords
from mnist_lab.window.words import fill, rounded, spell_percent


class ScatterWords(QObject):
    """Makes the sentences."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._runs, self._settings = ComparisonWords(self), SettingWords(self)

    def setting(self, scatter: Scatter) -> str:
        """What the setting is called, within a sentence."""
        return translation.translate("fields", scatter.setting.label)

    def value(self, scatter: Scatter, value: object) -> str:
        """Spell one value of the setting; a number in four figures."""
        if isinstance(value, float):
            value = rounded(value, 4)
        return self._settings.value(scatter.setting.name, value)

    def accuracy(self, scatter: Scatter) -> str:
        """What stands upright, within a sentence."""
        return self.tr("test accuracy") if scatter.accuracy == "test" else self.tr("accuracy of the best epoch")

    def point(self, scatter: Scatter, point: ScatterPoint) -> str:
        """One run: "run 3 “narrow”: learning rate 0.001, test accuracy 97.2 % (95 % interval 96.0 % – 98.1 %)"."""
        words = self.tr("{run}: {setting} {value}, {accuracy} {share}")
        row = point.row
        told = fill(
            words,
            run=run_in_sentence(row.number, row.name),
            setting=self.setting(scatter),
            value=self.value(scatter, point.value),
            accuracy=self.accuracy(scatter),
            share=spell_percent(point.accuracy),
        )
        if scatter.accuracy == "test" and row.test_images:
            share = Share(round(point.accuracy * row.test_images), row.test_images)
            told += fill(self.tr(" (95\u00a0% interval {interval})"), interval=self._runs.interval(share))
        return told[:1].upper() + told[1:]

    def summary(self, scatter: Scatter) -> str:
        """What the picture shows."""
        title = fill(
            self.tr("{accuracy} against {setting}; runs shown: {count:,}."),
            accuracy=self.accuracy(scatter).capitalize(),
            setting=self.setting(scatter),
            count=len(scatter.points),
        )
        parts = [title]
        if scatter.points:
            parts.append(self._extremes(scatter))
        if scatter.zero_place is not None:
            parts.append(self.tr("0 has no place on an axis of powers of ten: it stands at the left edge."))
        if scatter.left_out:
            words = self.tr("Left out, because they have no such accuracy or no settings: {count:,}.")
            parts.append(fill(words, count=scatter.left_out))
        if scatter.networks:
            words = self.tr("Kept networks, which are no runs: {count:,}.")
            parts.append(fill(words, count=scatter.networks))
        return " ".join(parts)

    def _extremes(self, scatter: Scatter) -> str:
        values = {point.value for point in scatter.points}
        if len(values) == 1:
            words = self.tr("All have the same {setting}: {value}. Choose a setting above in which they differ.")
            return fill(words, setting=self.setting(scatter), value=self.value(scatter, values.pop()))
        ends = [
            fill(
                self.tr("{share} at {value} ({run})"),
                share=spell_percent(point.accuracy),
                value=self.value(scatter, point.value),
                run=run_briefly(point.row.number, point.row.name),
            )
            for point in (scatter.best, scatter.worst)
        ]
        return fill(self.tr("Highest {best}; lowest {worst}."), best=ends[0], worst=ends[1])

    def empty(self, scatter: Scatter) -> str:
        """Why there are no points."""
        if not scatter.left_out and not scatter.networks:
            return self.tr("No run is kept yet. Train two or more, and they stand here as points.")
        if scatter.accuracy == "test":
            return self.tr(
                "No run in the list has a test accuracy yet: it is measured after an epoch. Choose the accuracy of the"
                " best epoch."
            )
        return self.tr("No run in the list has this accuracy yet.")
