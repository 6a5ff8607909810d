"""The Evaluate page and everything only it uses."""
