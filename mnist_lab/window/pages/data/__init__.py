"""The Data page and everything only it uses."""
