"""How much room there is for runs."""

import shutil
from pathlib import Path

from mnist_lab.runs.errors import store_errors


def free_bytes(folder: Path) -> int:
    """What is free on the disk on which a folder lies, or will lie once it is made.

    Raises:
        StoreError: the system does not tell.
    """
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    with store_errors(folder):
        return shutil.disk_usage(folder).free
