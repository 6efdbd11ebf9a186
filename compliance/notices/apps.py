from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """What people are told: in the site and by e-mail."""

    name = "compliance.notices"
