from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Organisations, memberships and subjects."""

    name = "compliance.organisations"
