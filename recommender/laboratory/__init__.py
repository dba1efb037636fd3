"""What the laboratory shows: evaluations, models and their curves, and what one person's lists are made of.

Every number is read from a stored run or release, which the page names.
"""
