from __future__ import annotations

from django.db import models


class ThrottleCount(models.Model):
    """How often one key knocked at one door within one window. In the database, so that it holds without Redis."""

    key = models.CharField(max_length=200)
    window = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="throttle_once_a_window")]

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
