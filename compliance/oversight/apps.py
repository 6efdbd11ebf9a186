from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OversightConfig(AppConfig):
    """What regulators do beyond the single submission: campaigns, hints, registers."""

    name = "compliance.oversight"
    verbose_name = _("Oversight")
