"""The steps of the course, a module for each part."""
