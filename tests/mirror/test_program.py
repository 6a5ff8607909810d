"""What the program of some settings says, without Keras; `test_truth` runs it."""

import ast
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_lab.data import sources
from mnist_lab.data.moved import moved
from mnist_lab.experiment import Experiment
from mnist_lab.mirror import moved_copies
from mnist_lab.mirror.lines import Program
from mnist_lab.mirror.program import program
from mnist_lab.mirror.source import MNIST, Source, source_of
from mnist_lab.network.batches import as_trained, images_trained_on, split_held_out
from tests.mirror.files import opened, write_binary_idx
from tests.network.runs import made_up_digits
from tests.test_experiment import experiments

CHAPTERS_STEPS = ["load", "architecture", "compile", "prepare", "labels", "fit", "evaluate"]

CHANGES: dict[str, tuple[dict[str, Any], Any]] = {
    "hidden_units": ({}, (64, 32)),
    "activation": ({}, "tanh"),
    "dropout": ({}, 0.3),
    "l2": ({}, 0.01),
    "optimizer": ({}, "adam"),
    "optimizer_settings": ({}, {"rho": 0.5}),
    "learning_rate": ({}, 0.01),
    "epochs": ({}, 7),
    "batch_size": ({}, 64),
    "seed": ({}, 3),
    "batch_order": ({}, "fixed"),
    "validation": ({}, "held_out"),
    "held_out_share": ({"validation": "held_out"}, 0.2),
    "initial_weights": ({}, "large"),
    "shuffled_labels": ({}, True),
    "one_batch": ({}, True),
    "moved_copies": ({}, 2),
    "moved_turn": ({"moved_copies": 1}, 30.0),
    "moved_shear": ({"moved_copies": 1}, 0.1),
    "moved_scale": ({"moved_copies": 1}, 0.1),
    "moved_shift": ({"moved_copies": 1}, 1.0),
}
"""For each setting: what else is set, and what it is changed to."""


def test_the_chapters_program() -> None:
    of_chapter = program(Experiment(), MNIST)
    assert [step.name for step in of_chapter.steps] == CHAPTERS_STEPS
    lines = [line.text for step in of_chapter.steps for line in step.lines]
    assert len([text for text in lines if "import " not in text]) <= 20
    assert "(train_images, train_labels), (test_images, test_labels) = mnist.load_data()" in lines
    assert "json" not in of_chapter.text
    assert "environ" not in of_chapter.text
    checked = program(Experiment(), MNIST, checks=True)
    assert [step.name for step in checked.steps] == ["set_up", *CHAPTERS_STEPS, "report"]


def test_every_setting_is_told_apart() -> None:
    assert CHANGES.keys() == Experiment.model_fields.keys()


@pytest.mark.parametrize("field", CHANGES)
def test_a_changed_setting_changes_lines_that_name_it(field: str) -> None:
    """And no line changes that does not name it, but for imports, and for where a long call is broken."""
    others, value = CHANGES[field]
    before = Experiment.parse(others)
    first, second = (lines_of(program(experiment, MNIST)) for experiment in (before, before.changed(**{field: value})))
    new = second.keys() - first.keys()
    assert any(field in second[text] for text in new)
    for text in new:
        is_part = text.startswith((" ", "from ", "import ")) or text.endswith(",")
        assert field in second[text] or is_part or not text, text


def lines_of(made: Program) -> dict[str, frozenset[str]]:
    return {line.text: line.settings for step in made.steps for line in step.lines}


@given(experiments)
def test_it_is_python_that_imports_keras_and_numpy_alone(experiment: Experiment) -> None:
    tree = ast.parse(program(experiment, MNIST, checks=True).text)
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    modules = {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names <= {"hashlib", "json", "os", "numpy"}
    assert {module.split(".")[0] for module in modules} == {"keras"}


@settings(max_examples=20)
@given(
    copies=st.integers(1, 3),
    seed=st.integers(0, 2**31 - 1),
    strengths=st.tuples(st.floats(0, 180), st.floats(0, 1), st.floats(0, 0.5), st.floats(0, 14)),
)
def test_the_short_function_moves_as_the_lab_does(
    copies: int, seed: int, strengths: tuple[float, float, float, float]
) -> None:
    images = made_up_digits(training=7, test=1).train_images
    short = moved_copies.moved(images, copies, [seed, 6], *strengths)
    assert np.array_equal(short, moved(images, copies, [seed, 6], *strengths))


def test_it_loads_what_the_lab_loads_and_trains_on_the_same_images(tmp_path: Path) -> None:
    """Read, prepared and labelled by NumPy alone, from each kind of file."""
    experiment = Experiment(validation="held_out", moved_copies=1, shuffled_labels=True, one_batch=True)
    write_binary_idx(made_up_digits(), tmp_path)
    own = made_up_digits(training=80, test=20)
    sets = {
        "idx": sources.load(str(tmp_path)),
        "npz": opened(own, tmp_path / "it's “own”.npz"),
        "starter": sources.load("starter"),
    }
    text = "".join(
        without_keras(program(experiment, source_of(digits))) + f"np.savez({str(tmp_path / name)!r}, train_images,"
        " train_labels, held_out_images, held_out_labels, test_images, test_labels)\n"
        for name, digits in sets.items()
    )
    (tmp_path / "program.py").write_text(text, encoding="utf-8")
    subprocess.run([sys.executable, tmp_path / "program.py"], check=True, cwd=tmp_path.parent)
    for name, digits in sets.items():
        labelled = as_trained(experiment, digits)
        trained, held_out = split_held_out(experiment, digits)
        expected = (
            *images_trained_on(experiment, labelled, trained),
            *(labelled.train_images[held_out], labelled.train_labels[held_out]),
            *(digits.test_images, digits.test_labels),
        )
        with np.load(tmp_path / f"{name}.npz") as arrays:
            for array, wanted in zip(arrays.values(), expected, strict=True):
                is_images = wanted.ndim == 3
                rows = wanted.reshape(-1, 784).astype(np.float32) / 255 if is_images else wanted
                assert np.array_equal(array, rows)


def without_keras(made: Program) -> str:
    """Only what loads and prepares, with labels left as digits."""
    lines = [line.text for step in made.steps if step.name in ("load", "prepare", "labels") for line in step.lines]
    return "".join(f"{text}\n" for text in lines if "to_categorical" not in text)


def test_all_of_mnist_is_read_where_the_lab_has_it_from(tmp_path: Path) -> None:
    """By Keras where the lab found it by itself, from its file where a person named one."""
    made_up = replace(made_up_digits(training=10, test=10), kind="full")
    assert source_of(replace(made_up, origin=str(sources.keras_cache_file()))) == MNIST
    assert source_of(replace(made_up, origin=str(sources.lab_cache_file()))) == MNIST
    assert source_of(replace(made_up, origin=str(tmp_path / "x.npz"))) == Source(10, 10, npz=tmp_path / "x.npz")
