"""A desktop lab for one's first neural network."""
