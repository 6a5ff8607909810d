"""What docs/file-formats.md tells of .lab files is so."""

import re
import subprocess
import sys
from pathlib import Path

from mnist_lab.lab_file.parts import VERSION
from mnist_lab.lab_file.writing import write_lab_file
from mnist_lab.runs.store import RunStore
from tests.conftest import REPOSITORY
from tests.runs.kept import keep

DOCUMENT = (REPOSITORY / "docs" / "file-formats.md").read_text(encoding="utf-8")
CHAPTER = DOCUMENT.partition("## Runs that travel")[2].partition("\n## ")[0]


def test_ten_lines_of_numpy_read_it(tmp_path: Path) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", CHAPTER, re.DOTALL)
    assert len([line for line in program.splitlines() if line]) <= 10
    store = RunStore(tmp_path)
    path = tmp_path / "one.lab"
    write_lab_file(path, store, [keep(store).id])
    told = subprocess.run(
        [sys.executable, "-I", "-c", program, path], check=True, capture_output=True, text=True, cwd=tmp_path
    )
    assert told.stdout == "rmsprop 19.0 (3, 10)\n"


def test_every_version_has_a_row() -> None:
    assert re.findall(r"^\| (\d+) \|", CHAPTER, re.MULTILINE) == [str(one) for one in range(1, VERSION + 1)]
