"""How long the loops and NumPy took, in words."""

from mnist_lab.tensors.timing import Timing
from mnist_lab.window.translation import translate
from mnist_lab.window.words import fill, rounded, spell_fixed, spell_measured, spell_percent, spell_whole
from mnist_lab.words import QT_TRANSLATE_NOOP

_BOTH = QT_TRANSLATE_NOOP("tensors", "Naive loops: {naive}. NumPy: {numpy}, {ratio} times faster.")
_SPREAD = QT_TRANSLATE_NOOP(
    "tensors", "Medians of {rounds} measurements in turns; the middle half of them: {low} to {high} times."
)
_SLOWER = QT_TRANSLATE_NOOP(
    "tensors", "Naive loops: {naive}. NumPy: {numpy}. On so few numbers NumPy is no faster: calling it takes longer."
)
_PART = QT_TRANSLATE_NOOP(
    "tensors",
    "The loops did {share} of the work in the time there was; their time for all of it is reckoned from that.",
)
_VIEW = QT_TRANSLATE_NOOP(
    "tensors", "NumPy moves no number here: it makes a view, the same numbers read in another order."
)
_LEAST_WHOLE = 10
"""From here on a ratio is spelled without decimals."""


def spell(timing: Timing, *, is_view: bool) -> str:
    """Say both times and what they mean."""
    template = _BOTH if timing.ratio >= 1.5 else _SLOWER
    parts = [
        fill(
            translate("tensors", template),
            naive=("≈ " if timing.extrapolated else "") + spell_measured(timing.naive_seconds),
            numpy=spell_measured(timing.numpy_seconds),
            ratio=_figures(timing.ratio),
        )
    ]
    low, high = map(_figures, timing.ratio_middle)
    parts.append(fill(translate("tensors", _SPREAD), rounds=spell_whole(timing.rounds), low=low, high=high))
    if timing.extrapolated:
        parts.append(fill(translate("tensors", _PART), share=spell_percent(timing.share, figures=2)))
    if is_view:
        parts.append(translate("tensors", _VIEW))
    return " ".join(parts)


def _figures(ratio: float) -> str:
    """Two figures: no measurement of a machine that does other things, too, is known more exactly."""
    return spell_fixed(ratio, 1) if ratio < _LEAST_WHOLE else spell_whole(round(rounded(ratio, 2)))
