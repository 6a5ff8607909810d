"""The Draw page and everything only it uses."""
