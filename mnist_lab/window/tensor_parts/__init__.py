"""The two halves of the Tensors page; they know values and signals, the page knows the lab."""
