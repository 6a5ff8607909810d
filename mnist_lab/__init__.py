"""A desktop lab for one's first neural network."""

__version__ = "0.1.0"
"""The one place where it stands: pyproject.toml takes it from here."""
