"""The Experiments page: races, and a range of learning rates."""
