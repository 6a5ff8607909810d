"""The Weights page and everything only it uses."""
