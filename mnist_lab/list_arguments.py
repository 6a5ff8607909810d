"""What may follow `race`, `sweep` and `range-test`: commands that train several networks, or none to its end."""

import argparse
from pathlib import Path
from typing import cast

from mnist_lab.argument_values import OTHER_NAMES, read_whole
from mnist_lab.commands import Fairness, RaceCommand, RangeTestCommand, SweepCommand
from mnist_lab.experiment import Experiment
from mnist_lab.experiment_arguments import add_experiment
from mnist_lab.one_line_parser import OneLineParser, UsageError
from mnist_lab.run_arguments import add_update
from mnist_lab.runs.worker_limits import MOST_WORKERS
from mnist_lab.words import QT_TRANSLATE_NOOP, Listing

FAIRNESS: tuple[Fairness, ...] = ("updates", "seconds")
_BESIDE_RUN = ("command", "json", "run", "update")
_JSON = "print the result as one JSON object, nothing else"


def add_race(commands: "argparse._SubParsersAction[OneLineParser]") -> None:
    """Let the lab take `race`; `race_command` reads what follows."""
    race = commands.add_parser(
        "race",
        help="train two to six networks side by side, turn by turn",
        description="Train two to six experiments from the same start on the same batches, turn by turn, and keep each "
        "as a run. FILE is a JSON object: {“data”: “starter”, “experiments”: [{settings}, ...]}, settings named as "
        "“train --json” prints them under “experiment”; what is left out is the chapter's.",
    )
    race.add_argument("file", metavar="FILE", help="JSON file with the experiments")
    race.add_argument(
        "--equal", metavar="WHAT", default=FAIRNESS[0], help="all get equal updates or seconds (default: updates)"
    )
    race.add_argument("--no-keep", action="store_true", help="do not keep the runs")
    race.add_argument("--json", action="store_true", help=_JSON)


def add_sweep(commands: "argparse._SubParsersAction[OneLineParser]") -> None:
    """Let the lab take `sweep`; `sweep_command` reads what follows."""
    sweep = commands.add_parser(
        "sweep",
        help="train many networks, several at a time, and say which setting mattered",
        description="Train every combination of some settings, or settings drawn at random, and keep each as a run. "
        "FILE is a JSON object: {“data”: “starter”, “base”: {settings}, “grid”: {“learning_rate”: [0.001, 0.01], "
        "...}}, or “random”: {“count”: 20, “seed”: 0, “learning_rate”: {“from”: 0.0001, “to”: 0.1, “scale”: “log”}, "
        "...} instead of the grid; settings are named as “train --json” prints them under “experiment”.",
    )
    sweep.add_argument(
        "file",
        metavar="FILE",
        nargs="?",  # so that `sweep_command` says what is missing, in words of its own
        help="JSON file with the sweep (docs/sweeps.md)",
    )
    sweep.add_argument(
        "--resume",
        action="store_true",
        help="go on with the sweep that was begun last, here or in the window: train what has no result; takes no FILE",
    )
    sweep.add_argument(
        "--workers", metavar="N", help="networks trained at a time (default: one a processor, as memory allows)"
    )
    sweep.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help="train on the computers of a Ray cluster: HOST:PORT of its head, or auto (docs/cluster.md)",
    )
    sweep.add_argument("--token", metavar="FILE", help="the cluster's token (default: ~/.ray/auth_token)")
    sweep.add_argument(
        "--dry-run", action="store_true", help="only say what would be trained, how long it takes and how much disk"
    )
    sweep.add_argument("--json", action="store_true", help=_JSON)


def add_range_test(commands: "argparse._SubParsersAction[OneLineParser]") -> None:
    """Let the lab take `range-test`: settings, data and JSON."""
    test = commands.add_parser(
        "range-test",
        other_names=OTHER_NAMES,
        help="find a range of learning rates",
        description="Try growing learning rates, one a batch, on a network that is thrown away; print the range in "
        "which the loss falls, and why.",
    )
    add_experiment(test)
    test.add_argument(
        "--run",
        metavar="ID",
        default=argparse.SUPPRESS,
        help="begin with the network of this kept run, with its settings and digits, instead of untrained weights",
    )
    add_update(test)
    test.add_argument("--json", action="store_true", help=_JSON)


def range_test_of_run(options: argparse.Namespace) -> RangeTestCommand:
    """What was typed behind `range-test`, where a run or a moment of one is named.

    Raises:
        UsageError: there is no run to the moment, or there are settings beside it.
    """
    if not getattr(options, "run", ""):
        raise UsageError(
            QT_TRANSLATE_NOOP("errors", "A range test from a moment needs its run, as in --run 7 --update 300.")
        )
    others = sorted(name for name, value in vars(options).items() if name not in _BESIDE_RUN and value is not False)
    if others:
        raise UsageError(
            QT_TRANSLATE_NOOP("errors", "--run brings the run's own settings and digits: leave out {others}."),
            others=Listing(", ".join(f"--{name.replace('_', '-')}" for name in others)),
        )
    return RangeTestCommand(Experiment(), "auto", options.json, options.run, getattr(options, "update", None))


def race_command(options: argparse.Namespace) -> RaceCommand:
    """What was typed behind `race`.

    Raises:
        UsageError: nothing can be equal in that.
    """
    if options.equal not in FAIRNESS:
        raise UsageError(
            QT_TRANSLATE_NOOP("errors", "Racers cannot have equal {value}: it must be {names}."),
            value=options.equal,
            names=" or ".join(FAIRNESS),
        )
    return RaceCommand(options.file, cast("Fairness", options.equal), options.json, is_kept=not options.no_keep)


def sweep_command(options: argparse.Namespace) -> SweepCommand:
    """What was typed behind `sweep`.

    Raises:
        UsageError: there cannot be so many workers, options do not go together, or nothing says what to train.
    """
    if options.resume and options.file is not None:
        raise UsageError(
            QT_TRANSLATE_NOOP(
                "errors",
                "--resume goes on with the sweep that was begun last, as it was begun: leave out “{file}”.",
            ),
            file=options.file,
        )
    if options.file is None and not options.resume:
        raise UsageError(
            QT_TRANSLATE_NOOP(
                "errors",
                "A sweep needs the FILE that describes it (“sweep -h” shows one), or --resume, which goes on with the "
                "sweep that was begun last.",
            )
        )
    workers = None if options.workers is None else read_whole(options.workers)
    if workers is not None and not (isinstance(workers, int) and 1 <= workers <= MOST_WORKERS):
        raise UsageError(
            QT_TRANSLATE_NOOP("errors", "The workers cannot be {value}: it must be a whole number from 1 to {most}."),
            value=options.workers,
            most=MOST_WORKERS,
        )
    if workers is not None and options.cluster is not None:
        raise UsageError(
            QT_TRANSLATE_NOOP(
                "errors",
                "--workers counts processes of this computer: leave it out with --cluster, which trains as many"
                " networks at a time as its computers have processors (“ray start --num-cpus N”).",
            )
        )
    if options.token is not None and options.cluster is None:
        raise UsageError(QT_TRANSLATE_NOOP("errors", "--token is of a cluster: say which with --cluster ADDRESS."))
    token = None if options.token is None else Path(options.token)
    return SweepCommand(options.file, workers, options.cluster, token, is_dry=options.dry_run, as_json=options.json)
