"""A sweep over many weights in words: how far it is, and what it came to."""

from math import isfinite

from PySide6.QtCore import QObject

from mnist_lab.studies.sweeping import SweepReport
from mnist_lab.window.widgets.basic.notice import Severity
from mnist_lab.window.words import fill, rounded, spell, spell_duration, spell_whole


class SweepWords(QObject):
    """Makes the sentences."""

    def progress(self, report: SweepReport) -> str:
        """How far it is."""
        words = self.tr("{done} of {total} weights · {left} left. Training and all pages stay free meanwhile.")
        left = spell_duration(report.remaining_seconds)
        return fill(words, done=spell_whole(report.done), total=spell_whole(report.total), left=left)

    def verdict(self, report: SweepReport) -> tuple[str, Severity]:
        """What it came to, once it has ended, and how good that is."""
        if not report.done:
            return self.tr("Stopped before the first weight was done."), "info"
        if not isfinite(report.largest_error):
            return self.tr("This network's numbers have overflowed: its run diverged, there is no slope."), "warning"
        words = self.tr(
            "{done} of {total} weights nudged: the same slopes as by backpropagation, largest difference {error}."
            " All {network} take about {times} times as long as one backward pass."
        )
        if not report.agrees:
            words = self.tr(
                "{done} of {total} weights nudged: not the slopes of backpropagation, largest difference {error}: a"
                " nudge may step over an edge of the loss."
                " All {network} take about {times} times as long as one backward pass."
            )
        text = fill(
            words,
            done=spell_whole(report.done),
            total=spell_whole(report.total),
            network=spell_whole(report.network_weights),
            error=spell(report.largest_error),
            times=_figures(report.times_as_long),
        )
        low, high = map(_figures, report.times_middle)
        if low != high:
            words = self.tr("{text} The middle half of the measurements: {low} to {high} times.")
            text = fill(words, text=text, low=low, high=high)
        return text, "good" if report.agrees else "warning"


def _figures(times: float) -> str:
    """Two figures: no measurement of a machine that does other things, too, is known more exactly."""
    return spell_whole(round(rounded(times, 2)))
