"""What is typed behind an option, read as it is meant: numbers, layers, pairs; and options' names elsewhere."""

import re
from collections.abc import Sequence

from mnist_lab.experiment import LIMITS
from mnist_lab.one_line_parser import UsageError
from mnist_lab.words import QT_TRANSLATE_NOOP

OTHER_NAMES = {
    "--lr": "--learning-rate",
    "--eta": "--learning-rate",
    "--alpha": "--learning-rate",
    "--step-size": "--learning-rate",
    "--layers": "--hidden-units",
    "--neurons": "--hidden-units",
    "--bs": "--batch-size",
    "--minibatch": "--batch-size",
    "--iterations": "--epochs",
    "--opt": "--optimizer",
    "--momentum": "--optimizer-settings",
    "--weight-decay": "--l2",
    "--regularization": "--l2",
    "--random-state": "--seed",
    "--shuffle": "--batch-order",
    "--test-size": "--held-out-share",
    "--init": "--initial-weights",
    "--initializer": "--initial-weights",
    "--kernel-initializer": "--initial-weights",
    "--random-labels": "--shuffled-labels",
    "--overfit-batches": "--one-batch",
    "--augment": "--moved-copies",
    "--augmentation": "--moved-copies",
    "--rotation-range": "--moved-turn",
    "--shear-range": "--moved-shear",
    "--zoom-range": "--moved-scale",
    "--width-shift-range": "--moved-shift",
}
"""What options of the experiment are called in other programs and books."""

_IN_THOUSANDS = re.compile(r"[1-9]\d{0,2}(,\d{3})+", re.ASCII)
"""How the lab itself writes large whole numbers."""


def read_whole(text: str) -> object:
    """Read a whole number; what is none goes on as it is: `Experiment.parse` says what would be right."""
    try:
        return int(text.replace(",", "") if _IN_THOUSANDS.fullmatch(text.strip()) else text)
    except ValueError:
        return text


def read_layers(text: str) -> object:
    """Read `128,64` or `128+64` as two layers; refuse what can be read as one number as well, like `1,024`."""
    if re.fullmatch(r"[^+]+(\+[^+]+)+", text):  # as a line of settings has it: no comma of these is between layers
        return tuple(read_whole(part.strip()) for part in text.split("+"))
    parts = [part.strip() for part in text.split(",")]
    joined = text.strip().replace(",", "")
    is_a_number = _IN_THOUSANDS.fullmatch(text.strip()) is not None and int(joined) <= LIMITS["hidden_units"].maximum
    if is_a_number or any(re.fullmatch(r"0\d+", part) for part in parts):
        raise _unclear_layers(text, parts, joined if is_a_number else None)
    return tuple(read_whole(part or text) for part in parts) if text.strip() else ()


def _unclear_layers(text: str, parts: Sequence[str], number: str | None) -> UsageError:
    """Offer each spelling that would be clear: `number` for one layer, blanks between several."""
    layers = ", ".join(str(int(part)) if part.isdecimal() else part for part in parts)
    if number is None:
        return UsageError(
            QT_TRANSLATE_NOOP(
                "errors", "The hidden units cannot be {value}: no number begins with 0; write “{layers}”."
            ),
            value=text,
            layers=layers,
        )
    if any(int(part) == 0 for part in parts):
        return UsageError(
            QT_TRANSLATE_NOOP("errors", "The hidden units cannot be {value}: write {number}, without a comma."),
            value=text,
            number=number,
        )
    return UsageError(
        QT_TRANSLATE_NOOP(
            "errors",
            "The hidden units {value} can be read in two ways: write {number} for one layer, or “{layers}”, with "
            "blanks, for {count}.",
        ),
        value=text,
        number=number,
        layers=layers,
        count=len(parts),
    )


def read_pairs(text: str) -> object:
    """Read `rho=0.95,epsilon=1e-6`."""
    pairs = [part.strip().split("=", 1) for part in text.split(",")]
    if any(len(pair) < 2 for pair in pairs):
        raise UsageError(
            QT_TRANSLATE_NOOP(
                "errors",
                "The optimizer settings cannot be {value}: write them like rho=0.95,epsilon=1e-6.",
            ),
            value=text,
        )
    return dict(pairs)
