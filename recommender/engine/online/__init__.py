"""What people's behaviour says of two rankings: assignment, comparison, a rule to stop by, interleaving, replay.

Everything here is about people, not about clicks: what one person does hangs together, so that a person is what is
assigned, counted and flipped.
"""
