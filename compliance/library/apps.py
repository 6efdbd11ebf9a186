from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """Published questionnaires and the files that they are made from."""

    name = "compliance.library"
