"""People: our own User from the first migration, so that it can grow."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """Someone with an account. Names and addresses are unique without regard to case."""

    about = models.TextField(_("about you"), max_length=300, blank=True)
    shows_likes = models.BooleanField(_("show my likes on my page"), default=False)
    meets_kindred = models.BooleanField(
        _("find people with my taste, and let them find me"),
        default=False,
        help_text=_("Only people who have chosen this are compared, by what they both like."),
    )

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(Lower("username"), name="user_username_any_case"),
            models.UniqueConstraint(Lower("email"), condition=~models.Q(email=""), name="user_email_any_case"),
        ]

    def __str__(self) -> str:
        return self.username


class SiteChoices(models.Model):
    """What the owner has chosen for the whole site; at most one row. Read through `choices`."""

    name = models.CharField(_("name of the site"), max_length=40, blank=True)
    signup_open = models.BooleanField(_("anybody may sign up"), default=True)

    class Meta:
        verbose_name = _("choices for the site")
        verbose_name_plural = _("choices for the site")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="sitechoices_one_row")]

    def __str__(self) -> str:
        return str(_("Choices for the site"))
