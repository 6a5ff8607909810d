"""Imports without PySide6's own `__import__`, which reads the source of every module that anything imports."""

import builtins


def restore() -> None:
    """Give Python its own `__import__` back; called once PySide6 is imported, cheap when done before."""
    # WORKAROUND https://github.com/napari/napari/issues/8584: PySide6 wants to know of each module whether its source
    # names PySide6, in case that is followed by `from __feature__ import …`, which the lab never writes. It costs the
    # window 0.05 s, the import of Keras 0.4 s, and 85 MB for the text of 1,800 modules, which Python keeps.
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
