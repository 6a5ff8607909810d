"""Sections of the Evaluate page: they know values and signals, not the lab."""
