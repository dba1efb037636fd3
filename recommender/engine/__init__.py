"""The recommender itself: arrays in, arrays out. No Django, no database, no clock; files are read once."""
