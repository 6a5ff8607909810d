"""The window: everything that knows Qt."""

import os

# Read by qtawesome (by way of qtpy) and pyqtgraph when they are imported; another binding would be another window's.
os.environ["QT_API"] = "pyside6"
os.environ["PYQTGRAPH_QT_LIB"] = "PySide6"
