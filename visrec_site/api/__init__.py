"""The JSON API of the whole site: its version, its errors, its schema and its tokens."""

from visrec_site.api.errors import problem

__all__ = ["problem"]
