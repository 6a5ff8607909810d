"""Runs of which a person said what a hint should say of them; their recorded numbers lie in `labelled_runs.json`.

`python -m tests.course.labelled_runs` trains them anew, which takes some minutes, and writes that file; under
`--acceptance` they are trained anew and must say the same.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from mnist_lab.course.hint_numbers import RunNumbers, movement, quiet_shares
from mnist_lab.course.state import DigitFacts, EpochFacts
from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.inspection.forward import scaled, trace
from mnist_lab.inspection.weights import NetworkWeights

FILE = Path(__file__).with_name("labelled_runs.json")
_SAMPLE = 1000

LABELLED: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    # name: what should be raised at its end, and the settings beside the chapter's
    "chapter": ((), {}),
    "chapter, another seed": ((), {"seed": 7}),
    "adam": ((), {"optimizer": "adam"}),
    "nadam": ((), {"optimizer": "nadam"}),
    "adamw": ((), {"optimizer": "adamw"}),
    "plain sgd, 0.1": ((), {"optimizer": "sgd", "learning_rate": 0.1}),
    "momentum, 0.05": ((), {"optimizer": "sgd_momentum", "learning_rate": 0.05}),
    "adagrad, 0.05": ((), {"optimizer": "adagrad", "learning_rate": 0.05}),
    "two layers": ((), {"hidden_units": (128, 64)}),
    "four layers": ((), {"hidden_units": (64, 64, 64, 64)}),
    "sixteen units": ((), {"hidden_units": (16,), "epochs": 10}),
    "batches of 32": ((), {"batch_size": 32}),
    "batches of 512": ((), {"batch_size": 512, "epochs": 10}),
    "dropout": ((), {"dropout": 0.3}),
    "l2": ((), {"l2": 0.001}),
    "tanh": ((), {"activation": "tanh"}),
    "sigmoid": (("class_confusion",), {"activation": "sigmoid", "epochs": 10}),
    "he": ((), {"initial_weights": "he"}),
    "one epoch": ((), {"epochs": 1}),
    "rmsprop, 0.3": (("rate_too_high",), {"learning_rate": 0.3}),
    "rmsprop, 3": (("rate_too_high",), {"learning_rate": 3.0}),
    "adam, 0.3": (("rate_too_high",), {"optimizer": "adam", "learning_rate": 0.3}),
    "sgd, 5": (("rate_too_high",), {"optimizer": "sgd", "learning_rate": 5.0}),
    "sgd, 100": (("rate_too_high",), {"optimizer": "sgd", "learning_rate": 100.0}),
    "momentum, 2": (("rate_too_high",), {"optimizer": "sgd_momentum", "learning_rate": 2.0}),
    "rmsprop, 0": (("rate_moves_nothing",), {"learning_rate": 0.0}),
    "rmsprop, 0, one batch is the set": (("rate_moves_nothing",), {"learning_rate": 0.0, "batch_size": 4000}),
    "zeros, 0": (("rate_moves_nothing",), {"learning_rate": 0.0, "initial_weights": "zeros", "epochs": 1}),
    "rmsprop, 1e-7": (("rate_moves_nothing",), {"learning_rate": 1e-7}),
    "sgd, 1e-8, sigmoid": (
        ("rate_moves_nothing",),
        {"optimizer": "sgd", "learning_rate": 1e-8, "activation": "sigmoid", "epochs": 3},
    ),
    "rmsprop, 1e-6": (("rate_too_low",), {"learning_rate": 1e-6}),
    "adam, 1e-6": (("rate_too_low",), {"optimizer": "adam", "learning_rate": 1e-6}),
    "sgd, 1e-4": (("rate_too_low",), {"optimizer": "sgd", "learning_rate": 1e-4}),
    "adagrad, 1e-5": (("rate_too_low",), {"optimizer": "adagrad", "learning_rate": 1e-5}),
    "forty epochs": (("overfitting",), {"epochs": 40}),
    "adam, batches of 32, thirty epochs": (
        ("overfitting",),
        {"optimizer": "adam", "batch_size": 32, "epochs": 30},
    ),
    "two layers, forty epochs": (("overfitting",), {"hidden_units": (256, 256), "epochs": 40}),
    "adam, 0.03": (("dead_units",), {"optimizer": "adam", "learning_rate": 0.03}),
    "adam, 0.03, two layers": (("dead_units",), {"optimizer": "adam", "learning_rate": 0.03, "hidden_units": (64, 64)}),
    "adam, 0.1": (("dead_units",), {"optimizer": "adam", "learning_rate": 0.1}),
    "rmsprop, 3e-5": (("rate_too_low",), {"learning_rate": 3e-5}),
    "sgd, 0.003": (("rate_too_low",), {"optimizer": "sgd", "learning_rate": 0.003}),
    "sgd, 1": (("range_test",), {"optimizer": "sgd", "learning_rate": 1.0}),
    "sgd, 0.5": (("class_confusion",), {"optimizer": "sgd", "learning_rate": 0.5}),
    "large, with one great step": (
        ("wrong_start",),
        {"optimizer": "sgd", "learning_rate": 1.0, "hidden_units": (64, 64), "initial_weights": "large", "epochs": 3},
    ),
    "zeros": (("plateau",), {"initial_weights": "zeros"}),
    "four sigmoid layers": (
        ("plateau",),
        {"optimizer": "sgd", "learning_rate": 0.01, "activation": "sigmoid", "hidden_units": (64, 64, 64, 64)},
    ),
    "too large at first": (("wrong_start",), {"initial_weights": "large"}),
    "too large at first, adam": (("wrong_start",), {"initial_weights": "large", "optimizer": "adam"}),
    "one batch is the set": (("batch_too_large",), {"batch_size": 4000}),
    "two batches are the set": (("batch_too_large",), {"batch_size": 2000, "epochs": 3}),
    "shuffled labels": ((), {"shuffled_labels": True, "epochs": 10}),
    "one batch alone": ((), {"one_batch": True, "epochs": 30}),
}


def record(experiment: Experiment, digits: Digits) -> dict[str, Any]:
    """Train it, and keep what hints read."""
    from mnist_lab.network.control import Control
    from mnist_lab.network.events import Begun, Diverged, EpochEnd, Event, Updates
    from mnist_lab.network.trainer import train

    losses: list[float] = []
    epochs: list[EpochFacts] = []
    weights: list[NetworkWeights] = []
    state = ["finished"]
    control = Control()

    def take(event: Event) -> None:
        control.request_weights()
        match event:
            case Begun(start):
                weights.append(start)
            case Updates():
                losses.extend(float(loss) for loss in event.losses)
            case Diverged():
                state[0] = "diverged"
            case EpochEnd():
                epochs.append(
                    EpochFacts(
                        event.updates,
                        event.train_loss,
                        event.train_accuracy,
                        event.train_accuracy_after,
                        event.validation_loss,
                        event.validation_accuracy,
                    )
                )

    train(experiment, digits, take, control)
    end = control.take_weights()
    assert end is not None
    outputs = trace(end, scaled(digits.test_images))[-1].outputs
    counts = np.zeros((10, 10), int)
    np.add.at(counts, (digits.test_labels, np.nan_to_num(outputs).argmax(axis=1)), 1)
    start = weights[0]
    return {
        "losses": [float(f"{loss:.4g}") for loss in losses],
        "epochs": [[float(f"{value:.5g}") for value in vars(one).values()] for one in epochs],
        "state": state[0],
        "movement": float(f"{movement(start, end):.4g}"),
        "quiet_shares": [float(f"{one:.4g}") for one in quiet_shares(end, digits.test_images[:_SAMPLE])],
        "confusion": counts.tolist(),
    }


def numbers_of(name: str, kept: dict[str, Any]) -> RunNumbers:
    """What was recorded of a run, as hints read it."""
    experiment = Experiment(**LABELLED[name][1])
    return RunNumbers(
        experiment=experiment,
        digits=DigitFacts("starter", 4000, 1000),
        updates_per_epoch=experiment.updates_per_epoch(4000),
        state=kept["state"],
        losses=np.array(kept["losses"], np.float32),
        epochs=tuple(EpochFacts(int(one[0]), *one[1:]) for one in kept["epochs"]),
        movement=kept["movement"],
        quiet_shares=tuple(kept["quiet_shares"]),
        confusion=np.array(kept["confusion"]),
    )


def recorded() -> Iterator[tuple[str, tuple[str, ...], RunNumbers]]:
    """Each run's name, what should be raised, and its numbers."""
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    for name, (expected, _settings) in LABELLED.items():
        yield name, expected, numbers_of(name, kept[name])


if __name__ == "__main__":
    from mnist_lab.data.sources import load_starter

    digits = load_starter()
    kept = {}
    for name, (_expected, settings) in LABELLED.items():
        kept[name] = record(Experiment(**settings), digits)
        print(name, kept[name]["state"], kept[name]["movement"], kept[name]["quiet_shares"], kept[name]["epochs"][-1:])  # noqa: T201
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(one, separators=(',', ':'))}" for name, one in kept.items())
    FILE.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
