"""manage.py send_mail: try again what could not be mailed; for cron or a timer."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from compliance.notices.mailing import mail_waiting


class Command(BaseCommand):
    """Mail what waits."""

    help = "Mail the notices that could not be mailed when they were made."

    def handle(self, *args: Any, **options: Any) -> None:
        sent, failed = mail_waiting()
        self.stdout.write(f"{sent} notices sent")
        if failed:
            raise CommandError(f"{failed} notices could not be mailed: see the log.")
