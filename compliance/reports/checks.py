"""A warning where the site would run but could not print a report."""

from typing import Any

from django.core import checks

from compliance.reports import fonts


@checks.register
def printing_check(**kwargs: Any) -> list[checks.CheckMessage]:
    """Return one warning for each thing that is missing."""
    return [
        checks.Warning(
            f"Reports cannot be printed without {thing}.",
            hint="deploy/system-packages.txt lists everything that a machine needs.",
            id=f"reports.W{number:03}",
        )
        for number, thing in enumerate(fonts.missing(), start=1)
    ]
