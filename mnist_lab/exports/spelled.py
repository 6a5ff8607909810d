"""Numbers and settings as a report spells them."""

import math
from collections.abc import Callable, Mapping, Sequence

from mnist_lab.experiment import FIELD_NAMES
from mnist_lab.exports.material import Translated
from mnist_lab.inspection.share import Share
from mnist_lab.optimizers import OPTIMIZERS, optimizer_spec
from mnist_lab.runs.comparing import DATA, RATE_CHANGES
from mnist_lab.runs.facts import DataFacts, KeptState
from mnist_lab.words import QT_TRANSLATE_NOOP

Say = Callable[[str], str]
"""Gives a text of the context "report" in the language of what is written."""

_MANY = 2_000
"""Of images: from here on a hundredth of a per cent is told of them."""
_SETTING_LABELS = {setting.name: setting.label for spec in OPTIMIZERS for setting in spec.settings}
STATES: dict[KeptState, str] = {
    "running": QT_TRANSLATE_NOOP("report", "still going on"),
    "finished": QT_TRANSLATE_NOOP("report", "finished"),
    "stopped": QT_TRANSLATE_NOOP("report", "stopped"),
    "diverged": QT_TRANSLATE_NOOP("report", "diverged"),
    "interrupted": QT_TRANSLATE_NOOP("report", "not at its end"),
    "failed": QT_TRANSLATE_NOOP("report", "failed"),
}
_KINDS = {
    "full": QT_TRANSLATE_NOOP("report", "MNIST, complete"),
    "starter": QT_TRANSLATE_NOOP("report", "MNIST, starter set"),
}


def percent(share: float, images: int) -> str:
    """A share of so many images."""
    return f"{100 * share:.{2 if images >= _MANY else 1}f}\u00a0%"


def interval(share: Share) -> str:
    """Between which shares chance leaves it: "97.7–98.3 %"."""
    low, high = share.interval()
    places = 2 if share.count >= _MANY else 1
    return f"{100 * low:.{places}f}–{100 * high:.{places}f}\u00a0%"


def loss(value: float) -> str:
    """Four places; one that has run away as a power of ten, one that is no number as NaN."""
    if math.isnan(value):
        return "NaN"
    return f"{value:.4f}" if abs(value) < 10_000 else f"{value:.3g}"


def setting_name(name: str, say: Say, translated: Translated) -> str:
    """What a setting is called, with a capital: of a field of `Experiment`, the digits, or changes of the rate."""
    others = {
        RATE_CHANGES: QT_TRANSLATE_NOOP("report", "learning rate changed to"),
        DATA: QT_TRANSLATE_NOOP("report", "digits"),
    }
    words = say(others[name]) if name in others else translated("fields", FIELD_NAMES[name])
    return words[:1].upper() + words[1:]


def setting_value(name: str, value: object, say: Say, translated: Translated) -> str:
    """What it is set to; choices by the words that `train` takes for them."""
    match value:
        case DataFacts():
            return digits_in_words(value, say)
        case bool():
            return say(QT_TRANSLATE_NOOP("report", "yes")) if value else say(QT_TRANSLATE_NOOP("report", "no"))
        case Mapping():
            told = [f"{translated('optimizers', _SETTING_LABELS[key])} {_number(one)}" for key, one in value.items()]
            return ", ".join(told) or say(QT_TRANSLATE_NOOP("report", "defaults"))
        case tuple() if name == RATE_CHANGES:
            return _rate_changes(value, say)
        case tuple():
            return ", ".join(map(str, value))
        case int() | float():
            return _number(value)
        case _:
            return translated("optimizers", optimizer_spec(str(value)).label) if name == "optimizer" else str(value)


def digits_in_words(data: DataFacts, say: Say) -> str:
    """Which digits, and how many."""
    kind = say(_KINDS[data.kind]) if data.kind in _KINDS else data.origin.replace("\\", "/").rsplit("/", 1)[-1]
    words = say(QT_TRANSLATE_NOOP("report", "{kind}: {train:,} to train on, {test:,} to test with"))
    told = [words.format(kind=kind, train=data.train_images, test=data.test_images)]
    if data.own_digits:
        own = say(QT_TRANSLATE_NOOP("report", "{count:,} own digits among them"))
        told.append(own.format(count=data.own_digits))
    if data.hand is not None:
        told.append(say(QT_TRANSLATE_NOOP("report", "with a hand of {count:,} digits")).format(count=data.hand.count))
    return "; ".join(told)


def _rate_changes(changes: Sequence[tuple[int, float]], say: Say) -> str:
    words = say(QT_TRANSLATE_NOOP("report", "{rate:g} from gradient update {update:,} on"))
    return "; ".join(words.format(rate=rate, update=update + 1) for update, rate in changes)


def _number(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else f"{value:g}"
