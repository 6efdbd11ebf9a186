"""manage.py send_digest: what a site sends each day; for cron or a timer."""

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.module_loading import import_string

from compliance import reminders
from compliance.notices.mailing import mail_digests, mail_waiting

log = logging.getLogger(__name__)


class Command(BaseCommand):
    """Remind, mail what waits, send the digests."""

    help = (
        "Remind of dates that come near or have passed, mail the notices that could not be mailed "
        "before, and send the digests. Safe to run again: nobody is told twice in a day."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        failures = 0
        for name in reminders.REMINDERS:
            try:
                import_string(name)(at)
            except Exception:
                log.exception("%s failed.", name)
                failures += 1
        notices, lost = mail_waiting()
        digests, missed = mail_digests()
        self.stdout.write(f"{notices} notices and {digests} digests sent")
        if failures + lost + missed:
            raise CommandError(
                f"{failures} reminders, {lost} notices and {missed} digests failed: see the log."
            )
