"""The Keras program that trains the network of some settings, with the bits that the lab's own run has."""
