"""People's hands, ten at a time: two of each digit are learned from, the rest are judged, before and after.

Run with: python -m uv run pytest --acceptance tests/test_hand_learned.py.
"""

import gzip
import json
import logging
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.conftest import SHARED_DATA
from tests.test_run_commands import told

_logger = logging.getLogger(__name__)
WRITERS = 10
GROUPS = 3
OF_EACH = 2


def _hands(folder: Path, group: int) -> list[tuple[str, str]]:
    """For each writer of a group, in the order of the recording, what is learned from and the rest, as files."""
    path: Path = SHARED_DATA / "pen_strokes.json.gz"
    if not path.exists():
        pytest.skip("the recorded pen strokes are not in ../shared/data")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        digits: list[dict[str, Any]] = json.load(file)
    files: list[tuple[str, str]] = []
    writers = list(dict.fromkeys(digit["writer"] for digit in digits))
    for writer in writers[group * WRITERS :][:WRITERS]:
        counts: Counter[int] = Counter()
        parts: tuple[list[Any], list[Any]] = [], []
        for digit in (digit for digit in digits if digit["writer"] == writer):
            parts[counts[digit["label"]] >= OF_EACH].append(digit)
            counts[digit["label"]] += 1
        names = [folder / f"{len(files)}_{name}.json" for name in ("learned", "judged")]
        for name, part in zip(names, parts, strict=True):
            name.write_text(json.dumps(part))
        files.append((str(names[0]), str(names[1])))
    return files


@pytest.mark.acceptance
@pytest.mark.keras
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("group", range(GROUPS))
def test_ten_hands_are_learned_and_nothing_is_forgotten(
    tmp_path: Path, mnist_file: Path, capsys: pytest.CaptureFixture[str], group: int
) -> None:
    hands = _hands(tmp_path, group)
    assert len(hands) == WRITERS
    before = told(capsys, "train", "--data", str(mnist_file))
    parent, figures = str(before["run_number"]), []
    for learned, judged in hands:
        after = told(capsys, "runs", "fork", parent, "--learn-hand", learned)
        accuracies = [
            told(capsys, "runs", "judge", run, "--digits", judged)["accuracy"]
            for run in (parent, str(after["run_number"]))
        ]
        figures.append((*accuracies, after["test_accuracy"]))
    old, new, test = np.mean(figures, axis=0)
    figures_told = (group, old, new, before["test_accuracy"], test)
    _logger.info("group %d: hands %.4f, learned %.4f; test set %.4f, then %.4f", *figures_told)
    assert new >= 0.97
    assert new > old
    assert min(figure[2] for figure in figures) >= before["test_accuracy"] - 0.003
