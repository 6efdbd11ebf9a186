from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """The record of who did what: chains of events that cannot be changed unseen."""

    name = "compliance.audit"
    verbose_name = _("The record")
