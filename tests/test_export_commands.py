"""`runs export`: kept runs written for other programs, as it is typed."""

import json
from pathlib import Path
from typing import Any

import pytest

from mnist_lab import app
from mnist_lab.arguments import read
from mnist_lab.commands import ExportCommand
from mnist_lab.runs.store import RunStore
from tests.runs.kept import keep


@pytest.fixture
def run_id() -> str:
    return keep(RunStore(), name="narrow").id


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    """What a command that works prints as JSON."""
    assert app.main(["runs", "export", *map(str, arguments), "--json"]) == 0
    output = capsys.readouterr()
    assert output.err == ""
    return json.loads(output.out, parse_constant=pytest.fail)


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """What a command that does not work says, in one line."""
    assert app.main(["runs", "export", *map(str, arguments)]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.count("\n") == 1
    return output.err.strip()


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("7 --to a.csv", ExportCommand(("7",), Path("a.csv"))),
        ("7 8 --to logs --tensorboard", ExportCommand(("7", "8"), Path("logs"), is_tensorboard=True)),
        (
            "3f9 --update 3 --force --json --to a.npz",
            ExportCommand(("3f9",), Path("a.npz"), 3, may_replace=True, as_json=True),
        ),
    ],
)
def test_what_is_typed_is_what_is_done(line, command):
    assert read(["runs", "export", *line.split()]) == command


def test_it_says_where_it_has_written(run_id, tmp_path, capsys):
    tables = [str(tmp_path / name) for name in ("run.csv", "run-epochs.csv")]
    assert told(capsys, 1, "--to", tables[0]) == {
        "run_ids": [run_id],
        "run_numbers": [1],
        "files": tables,
        "remarks": [],
    }
    assert app.main(["runs", "export", "1", "--to", tables[0], "--force"]) == 0
    assert capsys.readouterr().out == f"Run 1 “narrow”: {tables[0]}, {tables[1]}.\n"
    weights = tmp_path / "run.npz"
    network = told(capsys, run_id, "--to", weights)
    assert (network["files"], network["update"], network["replayed"]) == ([str(weights)], 20, False)
    assert network["weights_sha256"] == RunStore().network_weights(run_id).sha256()
    assert app.main(["runs", "export", "1", "--to", str(weights), "--force"]) == 0
    assert capsys.readouterr().out == f"Run 1 “narrow” after update 20: {weights} (the network as it was kept).\n"


def test_several_runs_lie_beside_each_other_for_tensorboard(run_id, tmp_path, capsys):
    keep(RunStore(), 3)
    logs = tmp_path / "logs"
    result = told(capsys, 2, run_id, "--to", logs, "--tensorboard")
    assert result["run_numbers"] == [2, 1]
    assert result["files"] == [str(logs / "run-2"), str(logs / "run-1")]
    assert len(result["remarks"]) == 1, "how to open it"
    assert app.main(["runs", "export", "1", "--to", str(logs), "--tensorboard", "--update", "10"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == f"Run 1 “narrow” after update 10: {logs / 'run-1-update-10'}."
    assert f"tensorboard --logdir {logs} --samples_per_plugin scalars=1000000" in second


def test_several_runs_make_a_comparison(run_id, tmp_path, capsys):
    keep(RunStore(), 3)
    path = tmp_path / "compared.html"
    assert told(capsys, 1, 2, "--to", path)["files"] == [str(path)]
    assert "2 runs compared" in path.read_text(encoding="utf-8")
    assert "leave out --update" in refused(capsys, 1, 2, "--to", path, "--update", 3)
    assert "add --force" in refused(capsys, 1, 2, "--to", path)


def test_mistakes_are_told_in_one_line(run_id, tmp_path, capsys):
    path = tmp_path / "run.csv"
    assert "let its name end in .csv" in refused(capsys, 1, "--to", tmp_path / "run.xls")
    assert "--tensorboard takes a folder" in refused(capsys, 1, "--to", tmp_path / "logs")
    assert "No run “2” is here" in refused(capsys, 2, "--to", path)
    assert "has no update 21: choose one from 0" in refused(capsys, 1, "--update", 21, "--to", path)
    assert "tells of one run: name one, not 2" in refused(capsys, 1, 1, "--to", path)
    assert "required: --to" in refused(capsys, 1)
    path.touch()
    assert "add --force to replace it" in refused(capsys, 1, "--to", path)
    assert path.read_bytes() == b""
