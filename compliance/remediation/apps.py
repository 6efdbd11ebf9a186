from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RemediationConfig(AppConfig):
    """What companies do about their gaps, and who confirms that it is done."""

    name = "compliance.remediation"
    verbose_name = _("Remediation")
