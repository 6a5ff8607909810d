from pathlib import Path

import pytest

from mnist_lab.data import places
from mnist_lab.data.places import PlaceError, keras_home, lab_home, resource
from tests.conftest import REPOSITORY


def test_in_a_checkout_the_resources_lie_beside_the_package() -> None:
    assert resource("starter_digits.npz") == REPOSITORY / "resources" / "starter_digits.npz"
    assert resource("starter_digits.npz").is_file()


def test_resources_inside_the_package_come_first(tmp_path: Path, monkeypatch) -> None:
    inside, beside = tmp_path / "mnist_lab" / "resources", tmp_path / "resources"
    beside.mkdir()
    monkeypatch.setattr(places, "_PACKAGE", tmp_path / "mnist_lab")
    assert resource("thing") == beside / "thing"
    inside.mkdir(parents=True)
    assert resource("thing") == inside / "thing"


def test_homes_of_users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "USERPROFILE", "MNIST_LAB_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("MNIST_LAB_HOME", "~/lab")
    assert lab_home() == tmp_path / "lab"
    monkeypatch.setenv("MNIST_LAB_HOME", "~nosuchuser/lab")
    with pytest.raises(PlaceError, match=r"MNIST_LAB_HOME is “~nosuchuser/lab”.*: let it name a folder"):
        lab_home()
    monkeypatch.setenv("KERAS_HOME", "~nosuchuser")
    assert not keras_home().exists(), "Keras's own copy is not there, and that is all"
