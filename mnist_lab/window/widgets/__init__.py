"""Widgets of the lab. They know values, never the lab itself."""
