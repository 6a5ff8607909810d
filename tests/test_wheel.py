"""What an installed lab consists of: the wheel is built and looked into."""

import configparser
import os
import subprocess
import sys
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

from mnist_lab import __version__
from tests.conftest import REPOSITORY

pytestmark = pytest.mark.acceptance
INFO = f"mnist_lab-{__version__}.dist-info"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder: Path = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=REPOSITORY, check=True, capture_output=True, timeout=100)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def text_of(wheel: Path, name: str) -> str:
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(f"{INFO}/{name}").decode()


def files_below(folder: str) -> set[str]:
    paths = (REPOSITORY / folder).rglob("*")
    return {
        path.relative_to(REPOSITORY).as_posix() for path in paths if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_whole_package_and_all_resources_are_in_it_and_nothing_else(names: set[str]) -> None:
    package = files_below("mnist_lab")
    resources = {f"mnist_lab/{name}" for name in files_below("resources")}
    assert "mnist_lab/resources/starter_digits.npz" in resources
    assert any(name.startswith("mnist_lab/window/theme/marks/") and name.endswith(".svg") for name in package)
    assert {name for name in names if not name.startswith(f"{INFO}/")} == package | resources


def test_it_starts_as_two_commands(wheel: Path) -> None:
    entry_points = configparser.ConfigParser()
    entry_points.read_string(text_of(wheel, "entry_points.txt"))
    assert dict(entry_points["console_scripts"]) == {"mnist-lab": "mnist_lab.__main__:start"}
    assert dict(entry_points["gui_scripts"]) == {"mnist-lab-window": "mnist_lab.__main__:start"}


def test_its_version_license_and_needs_are_the_projects(wheel: Path) -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    metadata = Parser().parsestr(text_of(wheel, "METADATA"))
    assert metadata["Version"] == __version__
    assert metadata["License-Expression"] == project["license"]
    needs = [need for need in metadata.get_all("Requires-Dist", []) if "extra ==" not in need]
    assert len(needs) == len(project["dependencies"])
    assert any(need.replace(" ", "").startswith("keras<4,>=3.14") for need in needs)


def test_away_from_the_checkout_it_finds_its_resources(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    program = """
from mnist_lab.data.starter import load_starter
from mnist_lab.data.places import resource
print(resource("starter_digits.npz"), len(load_starter().train_labels))
"""
    told = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "installed")},
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    ).stdout
    inside = tmp_path / "installed" / "mnist_lab" / "resources" / "starter_digits.npz"
    assert told.split() == [str(inside), "4000"]
