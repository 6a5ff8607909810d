"""Panels, tabs, buttons, notices: what every page is put together from."""
