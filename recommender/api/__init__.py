"""Recommendations in JSON: feed, similar, search by photo, dismissals, taste, events."""
