"""`runs …`, `train --resume` and `train --no-keep`, as they are typed."""

import pytest

from mnist_lab.arguments import PROGRAM, read
from mnist_lab.commands import ResumeCommand, RunsCommand, TrainCommand
from mnist_lab.experiment import Experiment
from mnist_lab.words import LabError


def refusal(line: str) -> str:
    with pytest.raises(LabError) as caught:
        read(line.split())
    return str(caught.value)


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("runs", RunsCommand("list")),
        ("runs --json", RunsCommand("list", as_json=True)),
        ("runs show 7", RunsCommand("show", "7")),
        ("runs show 7 --json --batches", RunsCommand("show", "7", as_json=True, with_batches=True)),
        ("runs --json show 3f9", RunsCommand("show", "3f9", as_json=True)),
        ("runs delete 7", RunsCommand("delete", "7")),
        ("runs restore 7", RunsCommand("restore", "7")),
        ("runs check", RunsCommand("check")),
        ("train --resume 7", ResumeCommand("7")),
        ("train --json --resume=3f9", ResumeCommand("3f9", as_json=True)),
        ("train --no-keep", TrainCommand(Experiment(), "auto", is_kept=False)),
        ("train", TrainCommand(Experiment(), "auto", is_kept=True)),
    ],
)
def test_what_is_typed_is_what_is_done(line, command):
    assert read(line.split()) == command


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("train --resume 7 --epochs 3 --seed 0", "own settings and digits: leave out --epochs, --seed."),
        ("--data full train --resume 7 --plain", "leave out --data, --plain."),
        ("train --resume 7 --no-keep", "leave out --no-keep."),
        ("train --resume", "--resume needs the number of the run that is to go on, as in --resume 7: “runs” lists"),
        ("train --resume --json", "--resume needs the number of the run"),
        ("train --resume=", "--resume needs the number of the run"),
        ("--resume 7", f"--resume stands after train: write “{PROGRAM} train --resume 7”."),
        ("--seed 3 --resume=7 --page draw", f"write “{PROGRAM} train --resume=7”."),
        ("--resume train", f"write “{PROGRAM} train --resume”."),
        ("--no-keep --epochs 3", f"--no-keep stands after train: write “{PROGRAM} train --no-keep”."),
        ("runs show", "ID"),
        ("runs shwo 7", "'show'"),
        ("runs --json check", "“runs check” prints no JSON: leave out --json."),
        ("runs show 7 --batch", "did you mean --batches?"),
        ("runs --epochs 3", f"--epochs stands after fork: write “{PROGRAM} runs fork --epochs 3”."),
    ],
)
def test_a_refusal_says_what_would_be_right(line, says):
    sentence = refusal(line)
    assert says in sentence
    assert "\n" not in sentence
