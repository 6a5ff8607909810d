"""The window: everything that knows Qt."""

import os

# Read by pyqtgraph when it is imported; another binding would be another window's.
os.environ["PYQTGRAPH_QT_LIB"] = "PySide6"
