"""The settings of an experiment as options of the command line: one table, read into an experiment."""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mnist_lab import experiment_text
from mnist_lab.argument_values import read_layers, read_pairs, read_whole
from mnist_lab.experiment import ACTIVATIONS, BATCH_ORDERS, INITIAL_WEIGHTS, LIMITS, VALIDATIONS, Experiment
from mnist_lab.experiment_file import read_fields
from mnist_lab.one_line_parser import UsageError
from mnist_lab.optimizers import OPTIMIZERS
from mnist_lab.presets import PRESETS, preset
from mnist_lab.words import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class _Option:
    """One field of the experiment as an option: its limits and its default stand in `experiment`.

    One without a `metavar` is a switch: it takes no value, and what is written means True.
    """

    field: str
    metavar: str
    description: str
    read: Callable[[str], object] = str
    choices: tuple[str, ...] = ()

    @property
    def flag(self) -> str:
        """The option as it is typed."""
        return "--" + self.field.replace("_", "-")

    def help(self, default_is: str = "") -> str:
        """Say what it is for, what it may be and what it is if left out: its default, or `default_is`."""
        if not self.metavar:
            return self.description
        default = Experiment.model_fields[self.field].get_default(call_default_factory=True)
        shown = ",".join(map(str, default)) if isinstance(default, tuple) else default
        if shown == {}:
            shown = "none"
        limits = LIMITS.get(self.field)
        span = f": {limits.minimum:,} to {limits.maximum:,}" if limits else ""
        choices = f": {', '.join(self.choices)}" if self.choices else ""
        return f"{self.description}{span}{choices} (default: {default_is or shown})"


_OPTIMIZER_NAMES = tuple(spec.identifier for spec in OPTIMIZERS)

_OPTIONS = (
    _Option("hidden_units", "N[,N...]", "units of each hidden layer; 128,64 makes two layers", read_layers),
    _Option("activation", "NAME", "activation of the hidden layers", choices=ACTIVATIONS),
    _Option("dropout", "SHARE", "share of each hidden layer's outputs dropped while training"),
    _Option("l2", "FACTOR", "factor of the L2 penalty on the weights"),
    _Option("optimizer", "NAME", "how the gradient moves the weights", choices=_OPTIMIZER_NAMES),
    _Option("optimizer_settings", "NAME=VALUE[,...]", "the optimizer's own settings", read_pairs),
    _Option("learning_rate", "RATE", "step size of the optimizer"),
    _Option("epochs", "N", "passes over the training images", read_whole),
    _Option("batch_size", "N", "images of one gradient update", read_whole),
    _Option("batch_order", "ORDER", "order of the batches in each epoch", choices=BATCH_ORDERS),
    _Option("validation", "SET", "what each epoch is measured on", choices=VALIDATIONS),
    _Option("held_out_share", "SHARE", "share of the training images kept aside by --validation held_out"),
    _Option("seed", "N", "decides initial weights, batch order, shuffled labels and dropout", read_whole),
    _Option(
        "initial_weights", "KIND", "how the weights begin (zeros and large are bad starts)", choices=INITIAL_WEIGHTS
    ),
    _Option("shuffled_labels", "", "deal the training labels out at random: nothing to learn but each image by heart"),
    _Option("one_batch", "", "train on one batch alone, one update an epoch: its loss should go to 0"),
    _Option("moved_copies", "N", "moved copies of each training image, trained on beside it", read_whole),
    _Option("moved_turn", "DEGREES", "how far the copies are turned at most, either way"),
    _Option("moved_shear", "FACTOR", "how far the copies are sheared at most: pixels for each row from the middle"),
    _Option("moved_scale", "SHARE", "by which share the copies get wider, narrower, higher or lower at most"),
    _Option("moved_shift", "PIXELS", "how far the copies are shifted at most, sideways and up or down"),
)


def add_experiment(parser: argparse.ArgumentParser, *, of_parent: bool = False) -> None:
    """Add what `train` and the window share; left out means not in the namespace, so either place counts.

    `of_parent`: what is left out is not a default but as in the run that is gone on from.
    """
    add_settings(parser, of_parent=of_parent)
    parser.add_argument(
        "--data",
        metavar="DATA",
        default=argparse.SUPPRESS,
        help="auto (all of MNIST if it is on this computer, else starter), starter, full (downloaded if "
        "need be), or a path to an .npz file or to a folder of IDX files "
        f"(default: {'as in that run' if of_parent else 'auto'})",
    )


def add_settings(parser: argparse.ArgumentParser, *, of_parent: bool = False) -> None:
    """Add the settings of an experiment, without its data; `of_parent` as in `add_experiment`."""
    default_is = "as in that run" if of_parent else ""
    for option in _OPTIONS:
        takes = {"metavar": option.metavar, "type": option.read} if option.metavar else {"action": "store_true"}
        parser.add_argument(
            option.flag,
            dest=option.field,
            default=argparse.SUPPRESS,
            help=option.help(default_is).replace("%", "%%"),
            **takes,
        )
    parser.add_argument(
        "--experiment",
        metavar="FILE",
        type=read_fields,
        default=argparse.SUPPRESS,
        help="settings from a JSON file, as train --json prints them under experiment; other options change them",
    )
    if not of_parent:
        _add_whole_experiments(parser)


def _add_whole_experiments(parser: argparse.ArgumentParser) -> None:
    """Other ways than a file to name all settings at once."""
    parser.add_argument(
        "--settings",
        metavar="TEXT",
        type=experiment_text.read,
        default=argparse.SUPPRESS,
        help="settings from one line of text, as the window copies it; other options change them",
    )
    parser.add_argument(
        "--preset",
        metavar="NAME",
        type=preset,
        default=argparse.SUPPRESS,
        help=f"settings that show one thing: {', '.join(one.identifier for one in PRESETS)}; other options change them",
    )


def read_experiment(options: argparse.Namespace) -> Experiment:
    """The experiment that was typed: in a file, in a line of text or by a name, in options, or both.

    Raises:
        UsageError: all settings are named twice.
        ExperimentError: one sentence on the first setting that does not fit.
    """
    return Experiment.parse(read_settings(options))


def read_settings(options: argparse.Namespace) -> dict[str, object]:
    """The settings that were typed, and no others, as yet unjudged.

    Raises:
        UsageError: all settings are named twice.
    """
    given = vars(options)
    typed = {option.field: given[option.field] for option in _OPTIONS if option.field in given}
    fields = _whole_experiment(given)
    if "optimizer" in typed:
        fields.pop("optimizer_settings", None)  # those of the file's optimizer
    return fields | typed


WHOLE = ("experiment", "settings", "preset")
"""Options that name all settings at once."""


def _whole_experiment(given: Mapping[str, Any]) -> dict[str, object]:
    """What was named as a whole: by a file, a line of text, a name; nothing where none was."""
    named = [name for name in WHOLE if name in given]
    if len(named) > 1:
        raise UsageError(
            QT_TRANSLATE_NOOP("errors", "{options} each name all settings: write one of them."),
            options=" and ".join(f"--{name}" for name in named),
        )
    if "settings" in given:
        return dict(given["settings"].model_dump())
    if "preset" in given:
        return dict(given["preset"].experiment.model_dump())
    return dict(given.get("experiment", {}))
