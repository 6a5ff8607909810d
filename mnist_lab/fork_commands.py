"""`runs fork`: a new run that goes on from a moment of a kept one, trained in the terminal."""

import sys

from rich.console import Console

from mnist_lab.commands import ForkCommand
from mnist_lab.data.digits import Digits
from mnist_lab.data.hand import COPIES, check_hand
from mnist_lab.data.hand_file import read_hand
from mnist_lab.experiment import FIELD_NAMES
from mnist_lab.runs.facts import KeptRun, KnownImages
from mnist_lab.runs.finding import find_row
from mnist_lab.runs.fork import Fork
from mnist_lab.runs.fork_checks import check_is_run
from mnist_lab.runs.forking import check_fork, plan_fork
from mnist_lab.runs.hand_forking import plan_hand
from mnist_lab.runs.keeper import RunKeeper
from mnist_lab.runs.kept_training import KeptTraining
from mnist_lab.runs.moments import last_moment, moment_of
from mnist_lab.runs.opening import without_hand
from mnist_lab.runs.store import RunStore
from mnist_lab.terminal import ProblemOnce, console_for, describe, load_again, load_digits, train_kept

_MEASURED: dict[KnownImages, str] = {"test": "test", "held_out": "held-out"}


def fork_in_terminal(command: ForkCommand) -> int:
    """Go on from a kept run as a new one, and tell the result as `train` does.

    Returns and raises as `terminal.train_in_terminal` does, and LabError where that run cannot be left so.
    """
    console, store = console_for(command.as_json), RunStore()
    row = find_row(store.refresh(), command.run)
    if row.error is not None:
        raise row.error
    kept = store.load(row.id)
    choice, digits = _digits(command, kept, console)
    fork, digits = _planned(store, kept, command, digits)
    console.print(_in_words(fork), soft_wrap=True)
    training = KeptTraining(
        fork.experiment,
        digits,
        RunKeeper(store, fork.experiment, digits, fork=fork, problem=ProblemOnce()),
        is_plain=not fork.xla,
        halt=fork.halt,
        changes=fork.changes,
        epochs=() if fork.inherited is None else fork.inherited.epochs,
    )
    return train_kept(training, choice, console, command.as_json, _known(fork))


def _digits(command: ForkCommand, kept: KeptRun, console: Console) -> tuple[str, Digits]:
    """Those that the new run trains on, without a hand that it is to learn, and how they are asked for."""
    data = check_is_run(kept)
    if command.data is None:
        return load_again(kept, data if command.hand is None else without_hand(data), console)
    digits = load_digits(command.data, console)
    console.print(describe(digits, command.data), soft_wrap=True)
    return command.data, digits


def _planned(store: RunStore, kept: KeptRun, command: ForkCommand, digits: Digits) -> tuple[Fork, Digits]:
    """What the new run is to be, and the digits that it trains on: `digits`, or these with a hand."""
    hand = () if command.hand is None else read_hand(command.hand)
    copies = COPIES if command.copies is None else command.copies
    if command.hand is not None:
        check_hand(len(hand), copies)  # before anything is made again
    updates = last_moment(kept) if command.update is None else command.update
    if not hand:
        check_fork(kept, updates, command.changes, digits)
    moment = moment_of(store, kept.facts.id, updates, [digits])
    assert moment is not None  # nobody gives it up here
    if not moment.identical:
        sys.stderr.write(
            f"The network after update {updates:,} is close to that of run {kept.facts.number:,}, not identical: batch "
            f"losses differ by up to {moment.largest_difference:.2g}.\n"
        )
    if hand:
        return plan_hand(store, kept, updates, moment.snapshot, digits, hand, copies, command.changes)
    return plan_fork(store, kept, updates, command.changes, digits, moment.snapshot), digits


def _in_words(fork: Fork) -> str:
    """What is going to happen."""
    names = ", ".join(FIELD_NAMES.get(name, "digits" if name == "data" else name) for name in fork.changed)
    changed = f"changed: {names}" if names else "with nothing changed: it repeats that run"
    epoch = " A new epoch 1 begins." if fork.begins_anew else ""
    number, update = fork.parent.facts.number, fork.parent_update
    known = " and ".join(_MEASURED[name] for name in _known(fork))
    caution = f" Of the {known} images it may have learned some before: they are no fair measure." if known else ""
    return f"A new run goes on from run {number:,} after update {update:,}; {changed}.{epoch}{caution}"


def _known(fork: Fork) -> list[KnownImages]:
    """Of the images that the new run is measured on, those of which it may have learned some before."""
    return [name for name in fork.may_know if name == "test" or name == fork.experiment.validation]
