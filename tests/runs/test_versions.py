"""Which versions decide a run's bits."""

from importlib import metadata

import pytest

from mnist_lab import __version__
from mnist_lab.runs.versions import installed_versions


def test_what_is_installed_is_read_once_whatever_is_known_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    first = installed_versions({})
    assert first["lab"] == __version__
    assert first["numpy"] == metadata.version("numpy")

    def read_again(name: str) -> str:
        raise AssertionError(f"the version of {name} is read from the disk for every run")

    monkeypatch.setattr(metadata, "version", read_again)
    assert installed_versions({}) == first
    assert installed_versions({"keras": "0.1", "other": "2"}) == {**first, "keras": "0.1"}
