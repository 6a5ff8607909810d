"""Parts of the Weights page: they know values and signals, never the lab."""
