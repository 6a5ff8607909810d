"""What may follow `runs`, and `train --resume`: arguments of commands about runs that are kept."""

import argparse

from mnist_lab.commands import ResumeCommand, RunsAction, RunsCommand
from mnist_lab.one_line_parser import UsageError
from mnist_lab.words import QT_TRANSLATE_NOOP, Listing

RUNS_ACTIONS = ("show", "delete", "restore", "check")
OF_TRAIN = dict.fromkeys(("--resume", "--no-keep", "--plain"), "train")
"""Options that only `train` takes, and what to write before them."""
_BESIDE_RESUME = ("command", "json", "resume")
_ID = "its number, its id, or the beginning of the id"


def add_runs(parser: argparse.ArgumentParser) -> None:
    """Let `parser` take what may follow `runs`; `runs_command` reads it."""
    _add_json(parser, "print the list as JSON")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", title="actions")
    show = _add_action(actions, "show", "tell everything about a run")
    _add_json(show, "print it as one JSON object")
    show.add_argument(
        "--batches",
        action="store_true",
        default=argparse.SUPPRESS,
        help="also every batch's own loss and accuracy",
    )
    _add_action(actions, "delete", "move a run to the lab's bin; restore brings it back")
    _add_action(actions, "restore", "bring a deleted run back")
    actions.add_parser("check", help="read every file of a run and say what is whole")


def _add_action(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, does: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(name, help=does, description=does[:1].upper() + does[1:] + ".")
    parser.add_argument("run", metavar="ID", help=_ID)
    return parser


def _add_json(parser: argparse.ArgumentParser, does: str) -> None:
    # Left out means not in the namespace: an action must not undo what stands before it.
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=does)


def runs_command(options: argparse.Namespace) -> RunsCommand:
    """Read what followed `runs`."""
    given = vars(options)
    action: RunsAction = given["action"] or "list"
    as_json = given.get("json", False)
    if as_json and action not in ("list", "show"):
        raise UsageError(
            QT_TRANSLATE_NOOP("errors", "“runs {action}” prints no JSON: leave out --json."), action=action
        )
    return RunsCommand(action, given.get("run", ""), as_json, given.get("batches", False))


def add_keeping(train: argparse.ArgumentParser) -> None:
    """Let `train` be told what becomes of its run, and go on with one."""
    train.add_argument("--no-keep", action="store_true", default=argparse.SUPPRESS, help="do not keep the run")
    train.add_argument(
        "--resume",
        metavar="ID",
        nargs="?",  # so that `resume_command` says what is missing, in words of its own
        const="",
        default=argparse.SUPPRESS,
        help=f"go on with a run that was interrupted or stopped, with its own settings and digits: {_ID}",
    )


def resume_command(options: argparse.Namespace) -> ResumeCommand:
    """Read `train --resume ID`, which stands alone but for --json.

    Raises:
        UsageError: it names no run, or there are settings beside it.
    """
    if not options.resume:
        raise UsageError(
            QT_TRANSLATE_NOOP(
                "errors",
                "--resume needs the number of the run that is to go on, as in --resume 7: “runs” lists all runs with "
                "their numbers, and which were interrupted or stopped.",
            )
        )
    others = sorted(name for name, value in vars(options).items() if name not in _BESIDE_RESUME and value is not False)
    if others:
        raise UsageError(
            QT_TRANSLATE_NOOP("errors", "--resume goes on with the run's own settings and digits: leave out {others}."),
            others=Listing(", ".join(f"--{name.replace('_', '-')}" for name in others)),
        )
    return ResumeCommand(options.resume, options.json)
