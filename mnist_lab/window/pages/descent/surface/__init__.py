"""Gradient descent on a surface of two weights."""
