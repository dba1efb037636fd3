from __future__ import annotations

from django.db import models


class ThrottleCount(models.Model):
    """How often one key has knocked since its window began. In the database, so that it holds without Redis."""

    key = models.CharField(max_length=200, primary_key=True)
    since = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
