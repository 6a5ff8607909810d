"""Where files live: the lab's home folder, and the resources that come with it."""

import os
from pathlib import Path

from platformdirs import user_data_path

from mnist_lab.words import QT_TRANSLATE_NOOP, LabError

USERS_KERAS_HOME = "MNIST_LAB_KERAS_HOME"
"""Remembers what KERAS_HOME was (empty for not set) where `network.environment` has set it to no folder at all."""

_PACKAGE = Path(__file__).resolve().parents[1]


class PlaceError(LabError):
    """A folder that cannot be: one sentence that says who names it, and what would be right."""


def lab_home() -> Path:
    """The folder for runs, settings and downloads: MNIST_LAB_HOME, else the platform's user-data folder.

    It need not exist yet.

    Raises:
        PlaceError: MNIST_LAB_HOME names the home of a user that this computer does not know.
    """
    chosen = os.environ.get("MNIST_LAB_HOME")
    if not chosen:
        return user_data_path("mnist-lab", appauthor=False)
    home = os.path.expanduser(chosen)
    if home == chosen and chosen.startswith("~"):
        raise PlaceError(
            QT_TRANSLATE_NOOP(
                "errors",
                "MNIST_LAB_HOME is “{home}”, but the home of that user is not known here: let it name a folder.",
            ),
            home=chosen,
        )
    return Path(home)


def keras_home() -> Path:
    """Keras's own folder: KERAS_HOME, else `~/.keras`; found without importing Keras."""
    chosen = os.environ.get("KERAS_HOME")
    if chosen == os.devnull:
        chosen = os.environ.get(USERS_KERAS_HOME)
    return Path(os.path.expanduser(chosen or "~/.keras"))  # an unknown user's stays as it is, and holds no file


def resource(name: str) -> Path:
    """The file or folder `name` of the resources, for instance "starter_digits.npz".

    They lie inside the package where the lab is installed, and beside it in a checkout.
    """
    inside = _PACKAGE / "resources"
    return (inside if inside.is_dir() else _PACKAGE.parent / "resources") / name
