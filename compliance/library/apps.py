from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    """Published questionnaires and the files that they are made from."""

    name = "compliance.library"
    verbose_name = _("Library")
