"""Work that a row waits for. The row is the truth; a message on the queue is only a hint.

pending → processing (attempt n, claimed until t) → ready | failed (code, detail)
"""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

CLAIM = dt.timedelta(seconds=60)
MAX_ATTEMPTS = 3
PAUSE = dt.timedelta(seconds=10)  # between two tries while something of ours does not answer
REST = dt.timedelta(seconds=120)  # until what an outage made fail is begun anew
OUTAGE = "outage"


class State(models.TextChoices):
    PENDING = "pending", _("queued")
    PROCESSING = "processing", _("processing")
    READY = "ready", _("ready")
    FAILED = "failed", _("failed")


class WorkQuerySet(models.QuerySet):
    def due(self, now: dt.datetime) -> Self:
        """Rows that wait, and rows whose worker died with its claim."""
        return self.filter(Q(state=State.PENDING) | Q(state=State.PROCESSING, claimed_until__lt=now))

    def claim(self, now: dt.datetime) -> int:
        """Take what is due and has a try left, in one UPDATE; returns how many rows are now the caller's."""
        return (
            self.due(now)
            .filter(attempt__lt=MAX_ATTEMPTS)
            .update(state=State.PROCESSING, attempt=F("attempt") + 1, claimed_until=now + CLAIM)
        )

    def give_up(self, now: dt.datetime) -> int:
        """Fail what is due and has no try left, so that no work goes round for ever."""
        return (
            self.due(now)
            .filter(attempt__gte=MAX_ATTEMPTS)
            .update(
                state=State.FAILED,
                claimed_until=None,
                error_code="gave-up",
                error_detail="The work was tried three times and never finished.",
            )
        )

    def fail(self, *, code: str, detail: str) -> int:
        return self.update(state=State.FAILED, claimed_until=None, error_code=code, error_detail=detail)

    def pause(self, now: dt.datetime, *, code: str, detail: str) -> int:
        """End these claims soon, for it was not the work's fault; those that have no try left fail with this reason."""
        last = self.filter(attempt__gte=MAX_ATTEMPTS)
        failed = last.update(state=State.FAILED, claimed_until=now + REST, error_code=code, error_detail=detail)
        return failed + self.filter(attempt__lt=MAX_ATTEMPTS).update(claimed_until=now + PAUSE)

    def wake(self, now: dt.datetime) -> int:
        """Begin anew what an outage made fail a while ago, so that nobody has to come and press a button."""
        return self.filter(state=State.FAILED, error_code=OUTAGE, claimed_until__lt=now).restart()

    def restart(self) -> int:
        """Put rows back at the start of the queue with all their tries."""
        return self.update(state=State.PENDING, attempt=0, claimed_until=None, error_code="", error_detail="")


class Work(models.Model):
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PENDING)
    attempt = models.PositiveSmallIntegerField(_("attempts"), default=0)
    claimed_until = models.DateTimeField(_("claimed until"), null=True, blank=True)
    error_code = models.CharField(_("error"), max_length=40, blank=True)
    error_detail = models.TextField(_("error detail"), blank=True)

    class Meta:
        abstract = True
