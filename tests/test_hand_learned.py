"""Ten people's hands: two of each digit are learned from, the rest are judged, before and after.

The ten are those who wrote most: theirs is least a matter of chance.

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
OF_EACH = 2


def _hands(folder: Path) -> list[tuple[str, str]]:
    """For each writer a file of what is learned from, and one of the rest."""
    path: Path = SHARED_DATA / "pen_strokes.json.gz"
    if not path.exists():
        pytest.skip("the recorded pen strokes are not in ../shared/data")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        digits: list[dict[str, Any]] = json.load(file)
    files: list[tuple[str, str]] = []
    for writer, _ in Counter(digit["writer"] for digit in digits).most_common(WRITERS):
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
def test_ten_hands_are_learned_and_nothing_is_forgotten(
    tmp_path: Path, mnist_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hands = _hands(tmp_path)
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
    _logger.info("hands %.4f, learned %.4f; test set %.4f, then %.4f", old, new, before["test_accuracy"], test)
    assert new >= 0.97
    assert new > old
    assert min(figure[2] for figure in figures) >= before["test_accuracy"] - 0.003
