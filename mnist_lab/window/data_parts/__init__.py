"""Parts of the Data page: they know values and signals, the page wires them to the lab."""
