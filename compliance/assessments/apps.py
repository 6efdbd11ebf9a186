from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Self-assessments: from the start to the last answer."""

    name = "compliance.assessments"
