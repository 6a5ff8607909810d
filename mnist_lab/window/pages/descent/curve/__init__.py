"""Gradient descent by hand on a curve: the bench, its challenges, its pictures."""
