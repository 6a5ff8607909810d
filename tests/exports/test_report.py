"""The report of a run and of several: one file that says what is true, needs nothing else and runs nothing."""

import base64
import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from mnist_lab.data.sources import load_starter
from mnist_lab.exports.errors import ExportError
from mnist_lab.exports.formats import export
from mnist_lab.exports.markup import VOID
from mnist_lab.exports.png import png
from mnist_lab.exports.report import MOST_RUNS, export_report
from mnist_lab.inspection.evaluation import evaluate
from mnist_lab.network.events import Diverged, Updates
from mnist_lab.runs.facts import Batch
from mnist_lab.runs.store import RunStore
from mnist_lab.work import Cancelled
from tests.exports.whole import keep_whole, whole_snapshot
from tests.runs.kept import DATA, EXPERIMENT, keep


@pytest.fixture
def store() -> RunStore:
    return RunStore()


class Page(HTMLParser):
    """A page as a browser reads it.

    Attributes:
        elements: each one's name and attributes, in order.
        texts: what stands in each, by its name.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.source = path.read_text(encoding="utf-8")
        self.feed(self.source)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[self._open[-1]][-1] += data

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.elements if tag == name]


@pytest.fixture
def page(store, tmp_path) -> Page:
    run_id = keep_whole(store, name="narrow").id
    return Page(export(store, run_id, tmp_path / "run.html").paths[0])


def test_it_tells_everything(store, page):
    assert page.texts["h1"] == ["Run 1 “narrow”"]
    assert page.texts["title"][0] == "Run 1 “narrow” – MNIST Lab"
    assert page.texts["h2"][:4] == ["Settings", "Curves", "Epochs", "What it takes the test digits for"]
    assert page.texts["h2"][-2:] == ["The program", "Which network this is"]
    assert "network.fit(" in page.texts["code"][0]
    weights = store.network_weights(store.rows()[0].id)
    answers = evaluate(weights, load_starter().test_images, load_starter().test_labels, lambda: False)
    assert {"RMSprop", weights.sha256(), "0.01 from gradient update 13 on"} <= {*page.texts["td"]}
    assert f"{100 * answers.accuracy:.1f}\u00a0%" in page.texts["dd"]
    row = [f"{count:,}" if count else "·" for count in answers.confusion()[3]]
    cells = page.texts["td"]
    assert any(cells[place : place + 10] == row for place in range(len(cells)))
    assert len(page.all("img")) == 24
    assert f"The worst of {1_000 - answers.right_count} mistakes" in page.texts["h2"]


def test_it_can_be_read_by_everybody(page):
    assert page.all("html") == [{"lang": "en"}]
    assert all(header["scope"] in ("row", "col") for header in page.all("th"))
    assert all("taken for " in picture["alt"] for picture in page.all("img"))
    assert not any(re.search(r"\ba 8", picture["alt"]) for picture in page.all("img")), "an 8"
    assert all(plot["role"] == "img" for plot in page.all("svg"))
    levels = [int(name[1]) for name, _ in page.elements if re.fullmatch(r"h\d", name)]
    assert levels[0] == 1
    assert set(levels[1:]) == {2}


def test_it_needs_and_runs_nothing(page):
    names = {name for name, _ in page.elements}
    assert names.isdisjoint({"script", "link", "iframe", "object", "embed", "form"})
    assert all(picture["src"].startswith("data:image/png;base64,") for picture in page.all("img"))
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)
    assert "default-src 'none'" in page.all("meta")[1]["content"]
    outside = [value for _, attributes in page.elements for value in attributes.values() if value and "://" in value]
    assert {*outside} == {"http://www.w3.org/2000/svg"}
    assert "url(" not in page.texts["style"][0]
    assert "@page" in page.texts["style"][0]


def test_the_pictures_are_the_digits(page):
    image = load_starter().test_images
    for picture in page.all("img")[:3]:
        index = int(re.findall(r"Test image ([\d,]+)", picture["alt"])[0].replace(",", ""))
        shown = QImage.fromData(base64.b64decode(picture["src"].partition(",")[2]))
        pixels = [[shown.pixelColor(x, y).red() for x in range(28)] for y in range(28)]
        assert np.array_equal(255 - np.array(pixels), image[index])


def test_a_png_is_what_other_programs_read():
    picture = np.random.default_rng(0).integers(0, 256, (5, 9), dtype=np.uint8)
    shown = QImage.fromData(png(picture))
    assert (shown.width(), shown.height()) == (9, 5)
    assert [[shown.pixelColor(x, y).red() for x in range(9)] for y in range(5)] == picture.tolist()


def test_what_was_typed_stays_text(store, tmp_path):
    typed = '<script>alert(1)</script> & "quotes" </title>'
    run = keep_whole(store, name=typed)
    store.set_note(run.id, "<img src=x onerror=alert(1)>\nsecond line")
    page = Page(export(store, run.id, tmp_path / "run.html").paths[0])
    assert page.all("script") == []
    assert page.texts["h1"] == [f"Run 1 “{typed}”"]
    assert "<img src=x onerror=alert(1)>\nsecond line" in page.texts["p"]
    assert len(page.all("img")) == 24


def test_a_moment_is_told_as_it_was(store, tmp_path):
    run_id = keep(store).id
    page = Page(export(store, run_id, tmp_path / "run.html", update=10).paths[0])
    assert page.texts["h1"] == ["Run 1 after update 10"]
    assert "10 / 20" in page.texts["dd"]
    assert store.network_weights(run_id, 10).sha256() in page.texts["td"]
    assert "0.01 from gradient update 13 on" not in page.texts["td"]


def test_a_run_that_has_diverged_and_one_that_began_as_another(store, tmp_path):
    writer = store.begin(EXPERIMENT, DATA)
    losses = np.array([2.0, 3.0, np.nan], np.float32)
    writer.write(Batch([Updates(0, losses, np.ones(3, np.float32), 1.0)], snapshot=whole_snapshot(2)))
    writer.write(Batch(outcome=Diverged(2, float("nan"), 2)))
    writer.close()
    page = Page(export(store, writer.id, tmp_path / "diverged.html").paths[0])
    assert page.texts["p"][0].startswith("Diverged · begun ")
    assert page.texts["td"][page.texts["td"].index(writer.id) + 1] == "2", "the last finite network"
    assert "h3" not in page.texts


def test_without_its_digits_it_says_so(store, tmp_path):
    run_id = keep(store).id
    page = Page(export(store, run_id, tmp_path / "run.html").paths[0])
    text = " ".join(page.texts["p"])
    assert "The digits that it was trained on and tested with are not here." in text
    assert "so no program can load them" in text
    assert page.all("img") == []
    assert "90.0\u00a0%" in page.texts["dd"], "what was measured is known all the same"


def test_the_same_run_gives_the_same_bytes(store, tmp_path):
    run_id = keep_whole(store).id
    first, second = (export(store, run_id, tmp_path / "run.html").paths[0].read_bytes() for _ in range(2))
    assert first == second


def test_it_can_be_in_another_language(store, tmp_path):
    run_id = keep_whole(store).id
    texts = Page(export(store, run_id, tmp_path / "run.html", translated=lambda _, text: f"⟦{text}⟧").paths[0]).texts
    for name in ("h1", "h2", "dt", "caption"):
        assert all(text.startswith("⟦") for text in texts[name]), name
    headers = [text for text in texts["th"] if not re.fullmatch(r"(→ )?\d", text)]
    assert all(text.startswith("⟦") for text in headers)


def test_several_runs_are_laid_over_each_other(store, tmp_path):
    runs = [keep_whole(store, name="one"), keep_whole(store), keep(store)]
    exported = export_report(store, [run.id for run in runs], tmp_path / "runs.html")
    page = Page(exported.paths[0])
    assert page.texts["h1"] == ["3 runs compared"]
    assert page.texts["h2"][:4] == ["Results", "What differs", "Curves", "What all have in common"]
    assert page.texts["h2"][4:] == ["Run 1 “one”", "Run 2", "Run 3"]
    assert page.texts["h3"].count("The program") == 3
    verdict = page.texts["p"][0]
    assert "knows new digits best: 90.0\u00a0%." in verdict
    assert "Chance alone may make the difference to Run 2." in verdict
    assert "Measured on other digits, and so not compared: Run 3." in verdict
    assert exported.remarks == ()


def test_of_many_runs_only_the_comparison(store, tmp_path):
    ids = [keep(store).id for _ in range(5)]
    exported = export_report(store, ids, tmp_path / "runs.html")
    page = Page(exported.paths[0])
    assert "h3" not in page.texts
    assert "leaves out each run's own pages" in str(exported.remarks[0])
    assert "Nothing: they have the same settings and the same digits." in page.texts["p"]


def test_a_comparison_is_refused_where_it_cannot_be(store, tmp_path):
    run = keep(store)
    path = tmp_path / "runs.html"
    assert export_report(store, [run.id, run.id], path).paths == (path,), "of one it is that run's report"
    with pytest.raises(ExportError, match="add --force"):
        export_report(store, [run.id], path, may_replace=False)
    for ids in ([], [f"{number:032x}" for number in range(MOST_RUNS + 1)]):
        with pytest.raises(ExportError, match="A comparison is of 2 to 12 different runs"):
            export_report(store, ids, path)
    with pytest.raises(ExportError, match=r"does not end in \.html"):
        export_report(store, [run.id], tmp_path / "runs.txt")
    with pytest.raises(Cancelled):
        export_report(store, [run.id, keep(store).id], path, is_wanted=lambda: False)
