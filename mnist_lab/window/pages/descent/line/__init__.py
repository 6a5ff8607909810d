"""The local line: why a small step along the slope goes down."""
