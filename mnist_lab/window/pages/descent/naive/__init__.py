"""The naive way to a gradient, weight by weight."""
