"""What a sentence quotes stays short; what the lab itself lists is told whole."""

import ast
import re
from collections.abc import Iterator
from multiprocessing import Pipe
from pathlib import Path

import numpy as np
import pytest

from mnist_lab import arguments
from mnist_lab.data import sources
from mnist_lab.data.digits import DataError
from mnist_lab.display import GUI_PACKAGES, PLATFORM_PACKAGES
from mnist_lab.experiment import Experiment, ExperimentError
from mnist_lab.files.sqlite_errors import Trouble
from mnist_lab.inspection.errors import InspectionError
from mnist_lab.inspection.network_file import read_network
from mnist_lab.runs.errors import StoreError
from mnist_lab.words import MOST_QUOTED, LabError, Listing


@pytest.mark.parametrize(
    "value", ["word" * 15_000, Path("/folder" * 600 + "/name.npz"), ["x"] * 9_000, ValueError("y" * 900)]
)
def test_long_texts_are_told_by_their_beginning_and_end(value: object) -> None:
    error = LabError("“{value}” is wrong.", value=value)
    assert len(str(error)) < MOST_QUOTED + 20
    text = str(value)
    assert re.fullmatch(f"“{re.escape(text[:90])}.*….*{re.escape(text[-90:])}” is wrong\\.", str(error))


@pytest.mark.parametrize(
    "value", [5, 2.5, np.float32(0.5), "x" * MOST_QUOTED, Path("/a/b"), (3, 28, 28), Listing("a, " * 300)]
)
def test_short_ones_numbers_and_lists_of_the_lab_stay_as_they_are(value: object) -> None:
    error = LabError("{value}", value=value)
    assert error.values["value"] is value
    assert str(error) == str(value)


def test_an_error_within_an_error_stays_one() -> None:
    inner = LabError("{name} is torn", name="n" * 500)
    outer = LabError("{reason}: mend it.", reason=inner)
    assert outer.values["reason"] is inner
    assert len(str(outer)) < MOST_QUOTED + 40


def test_no_lists_of_the_lab_are_cut() -> None:
    with pytest.raises(LabError) as caught:
        arguments.read(["train", "--frobnicate"])
    assert "…" not in str(caught.value)
    libraries = GUI_PACKAGES | PLATFORM_PACKAGES["xcb"]
    assert len(" ".join(libraries.values())) > MOST_QUOTED, "else no Listing is needed there"


def test_whatever_is_typed_or_opened_gives_a_sentence_that_can_be_read() -> None:
    long = "nonsense" * 7_500
    sentences = []
    for fields in ({"optimizer": long}, {"epochs": long}, {"activation": long}, {long: 1}, {"hidden_units": (long,)}):
        with pytest.raises(ExperimentError) as refused:
            Experiment.parse(fields)
        sentences.append(str(refused.value))
    for line in (["train", long], ["--" + long], ["--theme", long], ["--hidden-units", "1,0" * 9_000]):
        with pytest.raises(LabError) as told:
            arguments.read(line)
        sentences.append(str(told.value))
    with pytest.raises(DataError) as no_data:
        sources.load_path(Path(long))
    with pytest.raises(InspectionError) as no_network:
        read_network(Path(long))
    for sentence in (*sentences, str(no_data.value), str(no_network.value)):
        assert len(sentence) < 4 * MOST_QUOTED, "all options of the lab have room, nonsense has not"


LOOSE_PERCENT = re.compile(r"[\d}] %")
TRANSLATORS = {"tr", "translate", "QT_TRANSLATE_NOOP"}


def _translated(source: str) -> Iterator[str]:
    """Each text that is given to a translator, as a whole: lines side by side are one."""
    for call in ast.walk(ast.parse(source)):
        name = getattr(call.func, "attr", getattr(call.func, "id", "")) if isinstance(call, ast.Call) else ""
        if isinstance(call, ast.Call) and name in TRANSLATORS:
            texts = [part.value for given in call.args for part in ast.walk(given) if isinstance(part, ast.Constant)]
            yield from (text for text in texts if isinstance(text, str))


def test_no_line_breaks_between_a_number_and_its_percent_sign() -> None:
    package, found = Path(arguments.__file__).parent, {}
    for path in package.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if LOOSE_PERCENT.search(source):  # nearly no file: reading all as Python takes seconds
            loose = [text for text in _translated(source) if LOOSE_PERCENT.search(text)]
            found.update({str(path.relative_to(package)): loose} if loose else {})
    assert found == {}, "write \\u00a0 for the space before %"
    assert list(_translated('self.tr("{a}" " %")')) == ["{a} %"]


def test_an_error_goes_from_process_to_process() -> None:
    inner = LabError("no {what}", what="luck")
    near, far = Pipe()
    near.send(StoreError("At {path}: {inner}", trouble=Trouble.MISSING, path=Path("{x}"), inner=inner))
    again = far.recv()
    near.close()
    far.close()
    assert (type(again), str(again), again.trouble) == (StoreError, "At {x}: no luck", Trouble.MISSING)
    assert (again.template, again.values["path"]) == ("At {path}: {inner}", "{x}")
    assert (again.values["inner"].template, again.values["inner"].values) == (inner.template, inner.values)
