"""The tabs of the Descent page that are worked by hand; they know values and signals, the page knows the lab."""
