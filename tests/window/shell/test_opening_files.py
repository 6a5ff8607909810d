"""Files of every kind, opened by the menu, dropped on the window, or named where it was started."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from mnist_lab.data import own_digits_file
from mnist_lab.experiment import Experiment
from mnist_lab.inspection.network_file import write_network
from mnist_lab.lab_file.writing import write_lab_file
from mnist_lab.runs.facts import DataFacts
from mnist_lab.runs.store import RunStore
from mnist_lab.window import dialogs
from mnist_lab.window.state.coach import coach_of
from mnist_lab.window.widgets.basic.notice import Notice
from tests.data.files import small_set, write_idx_folder, write_npz
from tests.network.keras_files import WEIGHTS, keras_file
from tests.runs.kept import batches, keep
from tests.runs.test_own_facts import own
from tests.window.conftest import Driver
from tests.window.shell.course.test_lessons import LESSON

EXPERIMENT = Experiment(hidden_units=(3,), epochs=2, batch_size=2000)
"""Two updates an epoch on the starter set; the runs of `kept` have twenty."""


def said(driver: Driver) -> str:
    return driver.find(Notice, "problemNotice").text if driver.find(QWidget, "problemBanner").isVisible() else ""


def named_files(paths: Sequence[Path]) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(driver: Driver, data: QMimeData, name: str = "pages") -> bool:
    """Drag it over a widget, and let go where the window takes it; whether it does."""
    target, at = driver.find(QWidget, name), QPoint(20, 20)
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(at, Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(target, entered)
    if entered.isAccepted():
        QApplication.sendEvent(
            target, QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, buttons, keys, QEvent.Type.Drop)
        )
    return entered.isAccepted()


def trigger(driver: Driver, name: str) -> None:
    action = driver.window.findChild(QAction, name)
    assert action is not None
    action.trigger()


@pytest.fixture
def lab_file(tmp_path: Path, driver: Driver) -> Path:
    """A run on the starter set of another home, its number 2 there."""
    store, path = RunStore(tmp_path / "elsewhere"), tmp_path / "from school.lab"
    keep(store)
    driver.wait(lambda: driver.window.lab.digits is not None)
    digits = driver.window.lab.digits
    assert digits is not None
    writer = store.begin(EXPERIMENT, DataFacts.of(digits), name="from school")
    for batch in batches():
        writer.write(batch)
    writer.close()
    write_lab_file(path, store, [writer.id])
    return path


def test_a_run_that_is_dropped_is_taken_in_and_looked_at(driver: Driver, lab_file: Path) -> None:
    lab = driver.window.lab
    driver.window.show_page_named("drawPage")
    assert drop(driver, named_files([lab_file]), "drawCanvas"), "the pad takes pictures alone"
    driver.wait(lambda: lab.run is not None)
    assert (lab.run.name, lab.run.number, lab.run.updates) == ("from school", 1, 20)
    assert driver.find(QWidget, "trainPage").isVisible()
    assert said(driver) == "Run 2 of “from school.lab” is number 1 here."
    assert [row.name for row in lab.shelf.rows] == ["from school"]


def test_the_menu_opens_several_files_at_once(
    driver: Driver, lab_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lab = driver.window.lab
    model = keras_file(tmp_path / "my model.keras")
    monkeypatch.setattr(dialogs, "ask_for_files", lambda _parent, _endings: [lab_file, model])
    driver.qtbot.keyClick(driver.window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    driver.wait(lambda: lab.look.chosen is not None)
    assert lab.look.chosen.name == "my model"
    assert lab.weights.layers[0].kernel.shape == (784, 4)
    assert driver.find(QWidget, "weightsPage").isVisible()
    assert said(driver) == "Taken in: 2. Here already: 0."
    monkeypatch.setattr(dialogs, "ask_for_files", lambda _parent, _endings: [lab_file])
    trigger(driver, "openAction")
    driver.wait(lambda: lab.run is not None and lab.look.chosen is None)
    assert said(driver) == "Run 2 of “from school.lab” is here already, as number 1."
    monkeypatch.setattr(dialogs, "ask_for_files", lambda _parent, _endings: [])
    trigger(driver, "openAction")
    assert len(lab.shelf.rows) == 2


def test_what_lies_in_the_bin_can_be_restored(driver: Driver, lab_file: Path) -> None:
    lab = driver.window.lab
    driver.window.open_files([lab_file])
    driver.wait(lambda: lab.run is not None)
    lab.shelf.delete([lab.run.id])
    driver.wait(lambda: lab.store.deleted_rows() != [])
    lab.look_at_nothing()
    driver.window.open_files([lab_file])
    driver.wait(lambda: "from school.lab” is number 1 in the lab's bin" in said(driver))
    driver.click("acceptOfferButton")
    driver.wait(lambda: lab.run is not None)
    assert [row.name for row in lab.shelf.rows] == ["from school"]


def test_a_file_that_cannot_be_opened_is_told_and_the_others_come(
    driver: Driver, lab_file: Path, tmp_path: Path
) -> None:
    lab = driver.window.lab
    (tmp_path / "odd.lab").write_bytes(b"words")
    driver.window.open_files([tmp_path / "odd.lab", lab_file])
    driver.wait(lambda: lab.run is not None)
    assert "odd.lab” cannot be opened (it is no zip file, or its end is missing)" in said(driver)
    driver.window.open_files([tmp_path / "letter.txt"])
    assert said(driver).startswith("The lab cannot open “letter.txt”: choose files that end in .lab, .keras, .npz")
    (tmp_path / "mine.h5").write_bytes(b"")
    driver.window.open_files([tmp_path / "mine.h5"])
    driver.wait(lambda: "mine.h5” is an HDF5 file" in said(driver))


def test_digits_networks_lessons_and_settings(driver: Driver, tmp_path: Path, lab_file: Path) -> None:
    lab = driver.window.lab
    driver.window.open_files([write_npz(tmp_path / "own.npz", small_set(train=30))])
    driver.wait(lambda: len(lab.digits.train_images) == 30)
    assert drop(driver, named_files([write_idx_folder(tmp_path / "idx", small_set(train=20))]))
    driver.wait(lambda: len(lab.digits.train_images) == 20)
    driver.window.open_files([lab_file])
    driver.wait(lambda: lab.run is not None)
    assert lab.weights is not None
    write_network(tmp_path / "weights.npz", lab.weights)
    driver.window.open_files([tmp_path / "weights.npz"])
    driver.wait(lambda: lab.look.chosen is not None)
    assert lab.look.chosen.name == "weights"
    settings = tmp_path / "settings.json"
    settings.write_text(Experiment(hidden_units=(77,)).model_dump_json())
    driver.window.open_files([settings])
    assert lab.draft.experiment.hidden_units == (77,)
    lesson = tmp_path / "lesson.json"
    lesson.write_text(json.dumps(LESSON))
    assert drop(driver, named_files([lesson]))
    assert coach_of(lab).lesson is not None
    coach_of(lab).leave_lesson()


def test_own_digits_that_come_along_are_there_at_once(driver: Driver, tmp_path: Path) -> None:
    store = RunStore(tmp_path / "elsewhere")
    write_lab_file(tmp_path / "digits.lab", store, [], own=own(1))
    driver.window.open_files([tmp_path / "digits.lab"])
    driver.wait(lambda: said(driver) == "Added to your own digits: 1.")
    write_lab_file(tmp_path / "one.lab", store, [keep(store).id], own=own(2))
    driver.window.open_files([tmp_path / "one.lab"])
    driver.wait(lambda: said(driver) != "Added to your own digits: 1.")
    assert said(driver) == "Run 1 of “one.lab” is number 1 here. Added to your own digits: 2."
    driver.wait(lambda: len(driver.window.lab.own_digits.own) == 3)
    assert len(own_digits_file.read(own_digits_file.usual_path()).own) == 3


def test_what_is_no_file_is_not_taken(driver: Driver) -> None:
    text, far = QMimeData(), QMimeData()
    text.setText("512 relu")
    far.setUrls([QUrl("https://example.org/a.lab")])
    assert not drop(driver, text)
    assert not drop(driver, far)
    assert said(driver) == ""


def test_a_network_is_called_otherwise_where_its_name_is_taken(driver: Driver, tmp_path: Path) -> None:
    lab = driver.window.lab
    driver.window.open_files([keras_file(tmp_path / "mine.keras")])
    driver.wait(lambda: len(lab.networks.networks) == 1)
    weights = {name: 2 * values for name, values in WEIGHTS.items()}
    driver.window.open_files([keras_file(tmp_path / "mine.keras", weights=weights)])
    driver.wait(lambda: len(lab.networks.networks) == 2)
    assert [network.name for network in lab.networks.networks] == ["mine", "mine 2"]
