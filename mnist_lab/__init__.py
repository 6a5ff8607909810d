"""A desktop lab for one's first neural network."""

__version__ = "0.1.0"
"""As in pyproject.toml; a test holds both together."""
