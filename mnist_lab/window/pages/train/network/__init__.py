"""Train > Network: the network of the run, with a training image or a batch flowing through it, and back."""
