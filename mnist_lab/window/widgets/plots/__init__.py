"""Plots with axes: what all of them share."""
