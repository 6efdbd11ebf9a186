from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """What a company receives: the gap report."""

    name = "compliance.reports"

    def ready(self) -> None:
        from compliance.reports import checks  # noqa: F401  (registers the check)
