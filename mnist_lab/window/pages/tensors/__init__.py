"""The Tensors page and everything only it uses."""
