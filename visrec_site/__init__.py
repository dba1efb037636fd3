"""VisRec's site: puts the catalogue and the recommender together."""

from visrec_site.celery import app as celery_app

__all__ = ["celery_app"]
