from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """Organisations, memberships and subjects."""

    name = "compliance.organisations"
    verbose_name = _("Organisations")
