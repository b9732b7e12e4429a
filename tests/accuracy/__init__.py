"""How accurate the measures are: programs run by `make accuracy`."""
