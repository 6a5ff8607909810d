"""The panel of the course, at the right of any page."""
