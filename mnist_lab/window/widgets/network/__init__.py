"""The picture of a whole network: units and lines, and the light that runs through them."""
