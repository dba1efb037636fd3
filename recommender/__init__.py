"""What is concluded from the catalogue's facts. It speaks to the catalogue through rows, reads, verbs and signals."""
