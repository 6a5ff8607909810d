"""Which versions of what decides a run's bits are at work here, and on which processor."""

import platform
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from mnist_lab import __version__


def installed_versions(runtime: Mapping[str, Any]) -> dict[str, str]:
    """Versions that decide a run's bits: what `runtime` knows of them, else what is installed; imports nothing."""
    packages = {"keras": ("keras",), "tensorflow": ("tensorflow", "tensorflow-cpu"), "numpy": ("numpy",)}
    installed = {name: _version(distributions) for name, distributions in packages.items()}
    known = {name: str(runtime[name]) for name in ("lab", *packages) if name in runtime}
    return {"lab": __version__, **installed, "python": platform.python_version(), **known}


@cache
def processor_name() -> str:
    """The processor's name as its maker gives it, or its kind where that is not told."""
    with suppress(OSError):  # only Linux has it, and not everywhere
        for line in Path("/proc/cpuinfo").read_text(errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


@cache
def _version(distributions: tuple[str, ...]) -> str:
    """Of the first that is installed, read once: whoever keeps run after run would spend a quarter of its time here."""
    for distribution in distributions:
        try:
            return metadata.version(distribution)
        except metadata.PackageNotFoundError:
            continue
    return ""
