"""What joins a network's inspection with descent and tensors, and needs no Qt: work that several pages ask for."""
