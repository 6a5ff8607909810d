"""Whether a kept run can go on where it is, and what it needs for that."""

from dataclasses import dataclass

from mnist_lab.data.digits import Digits
from mnist_lab.network.events import Diverged
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.facts import DataFacts, KeptRun
from mnist_lab.runs.versions import installed_versions
from mnist_lab.words import QT_TRANSLATE_NOOP


def check_can_go_on(kept: KeptRun) -> None:
    """See that a run was interrupted or stopped, so that something is left of it to be trained.

    Raises:
        StoreError: one sentence on why not, and what would be right.
    """
    number = kept.facts.number
    if kept.facts.kind == "network" or kept.experiment is None or kept.facts.data is None:
        raise StoreError(
            QT_TRANSLATE_NOOP(
                "errors", "Number {number} is a kept network without a run: give the number of a run to go on with."
            ),
            number=number,
        )
    if kept.state == "finished":
        raise StoreError(
            QT_TRANSLATE_NOOP(
                "errors",
                "Run {number} has finished all its {epochs:,} epochs, and nothing is left to go on with: train a new"
                " run with more epochs.",
            ),
            number=number,
            epochs=kept.experiment.epochs,
        )
    if isinstance(kept.outcome, Diverged):
        raise StoreError(
            QT_TRANSLATE_NOOP(
                "errors",
                "Run {number} diverged at gradient update {update:,} and would do so again: train a new run with a"
                " lower learning rate.",
            ),
            number=number,
            update=kept.outcome.update + 1,
        )
    if not kept.snapshots:
        raise StoreError(
            QT_TRANSLATE_NOOP(
                "errors", "Run {number} ended before a network of it was kept: train a new run with its settings."
            ),
            number=number,
        )


def check_digits(kept: KeptRun, data: DataFacts, digits: Digits) -> None:
    """See that these are the very digits that the run was trained on.

    Raises:
        StoreError: they are others.
    """
    if digits.fingerprint == data.fingerprint:
        return
    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "Run {number} was trained on other digits than are there now ({train:,} to train, {test:,} to test): it can go"
        " on only with the very same.",
    )
    if data.origin:
        sentence = QT_TRANSLATE_NOOP(
            "errors",
            "Run {number} was trained on other digits than are there now ({train:,} to train, {test:,} to test, from"
            " {origin}): it can go on only with the very same.",
        )
    raise StoreError(
        sentence,
        number=kept.facts.number,
        train=data.train_images,
        test=data.test_images,
        origin=data.origin,
    )


@dataclass(frozen=True)
class OtherVersion:
    """What decides the bits, and is not the version with which a run began: `name`, that one, and the one here."""

    name: str
    began_with: str
    here: str


def other_versions(kept: KeptRun) -> list[OtherVersion]:
    """What decides the bits and was another version when the run began; nothing where that is not known."""
    here = installed_versions({})
    began_with = kept.facts.versions
    return [
        OtherVersion(name, began_with[name], here[name])
        for name in ("keras", "tensorflow", "numpy")
        if name in began_with and began_with[name] != here[name]
    ]
