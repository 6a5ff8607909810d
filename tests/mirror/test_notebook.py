"""The program as a notebook: what stands in its cells, and that Jupyter runs it to the lab's own weights."""

import json
from pathlib import Path
from typing import get_args

import nbformat
import pytest
from nbclient import NotebookClient

from mnist_lab.experiment import Experiment
from mnist_lab.mirror.lines import StepName
from mnist_lab.mirror.notebook import EXPLANATIONS, notebook
from mnist_lab.mirror.program import program
from mnist_lab.mirror.source import MNIST, source_of
from tests.mirror.files import opened
from tests.network.runs import SMALL, made_up_digits, run


def test_each_step_has_a_cell_that_explains_it_and_one_that_does_it() -> None:
    made = program(Experiment(), MNIST, checks=True)
    cells = nbformat.reads(notebook(made), as_version=4).cells
    assert [cell.cell_type for cell in cells] == ["markdown", "code"] * len(made.steps)
    assert EXPLANATIONS.keys() == set(get_args(StepName))
    for step, explained, code in zip(made.steps, cells[::2], cells[1::2], strict=True):
        assert f"## {step.title}\n\n{EXPLANATIONS[step.name]}" in explained.source
        assert code.source == "\n".join(line.text for line in step.lines)


def test_the_same_program_gives_the_same_bytes() -> None:
    first, second = (notebook(program(Experiment(), MNIST)) for _ in range(2))
    assert first == second
    assert json.loads(first)["nbformat_minor"] == 5
    assert notebook(program(Experiment(), MNIST), str.upper) != first


@pytest.mark.keras
def test_jupyter_runs_it_to_the_bits_of_the_lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name))
    digits = opened(made_up_digits(), tmp_path / "own.npz")
    text = notebook(program(SMALL, source_of(digits), checks=True))
    done = NotebookClient(nbformat.reads(text, as_version=4), kernel_name="python3", timeout=120).execute()
    printed = "".join(output.text for output in done.cells[-1].outputs if output.output_type == "stream")
    ours = run(SMALL, digits)
    assert ours.weights is not None
    assert json.loads(printed)["weights_sha256"] == ours.weights.sha256()
