"""One gradient update of the network, looked at closely."""
