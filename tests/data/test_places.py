from pathlib import Path

from mnist_lab.data import places
from mnist_lab.data.places import resource
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
