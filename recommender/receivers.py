"""What the recommender does when catalog speaks."""


def connect() -> None:
    """Connect the receivers."""
