"""manage.py erase_notices: what people were told long ago; for cron or a timer."""

from typing import Any

from django.core.management.base import BaseCommand

from compliance.notices.models import Notice


class Command(BaseCommand):
    """Exit code 0, whether there was anything to erase or not."""

    help = (
        "Erase notices, read or not, that have been kept for NOTICE_DAYS. The record of who did"
        " what stays. What comes due again may be said again. To be run once a day."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        erased, _each = Notice.objects.outdated().delete()
        self.stdout.write(f"Erased: {erased:,} notices.")
