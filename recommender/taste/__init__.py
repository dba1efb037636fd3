"""What the site has made of somebody, as they see it: their tastes, what they chose, and what it all rests on."""

from recommender.taste.clusters import PAGE, Cluster, NoSuchTaste, clusters, share_of, with_weight
from recommender.taste.past import Kind, Past, past
from recommender.taste.preview import Preview, preview

__all__ = [
    "PAGE",
    "Cluster",
    "Kind",
    "NoSuchTaste",
    "Past",
    "Preview",
    "clusters",
    "past",
    "preview",
    "share_of",
    "with_weight",
]
