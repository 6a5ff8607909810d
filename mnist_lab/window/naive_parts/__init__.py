"""Two tabs of the Descent page: the naive way to a gradient, and one gradient update looked at closely."""

from mnist_lab.window.naive_parts.naive_tab import NaiveTab
from mnist_lab.window.naive_parts.update_tab import UpdateTab

__all__ = ["NaiveTab", "UpdateTab"]
