"""The Descent page, and what several of its tabs use."""
