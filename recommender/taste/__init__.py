"""What the site has made of somebody, as they see it: their tastes, what they chose, and what it rests on."""

from recommender.taste.clusters import PAGE, Cluster, clusters, share_of
from recommender.taste.past import Kind, Past, past
from recommender.taste.preview import Preview, preview

__all__ = ["PAGE", "Cluster", "Kind", "Past", "Preview", "clusters", "past", "preview", "share_of"]
