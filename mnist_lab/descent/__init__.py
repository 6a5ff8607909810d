"""Gradient descent by hand: functions, update rules, and what comes of them. NumPy only, no Qt, no Keras."""
