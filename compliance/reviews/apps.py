from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    """What regulators find in submissions, what companies reply, and disputes over it."""

    name = "compliance.reviews"
    verbose_name = _("Reviews")
