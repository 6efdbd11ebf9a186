"""What is looked for each day: dates that are counted anew, come near or have passed.

Each entry names a function `remind(at: datetime) -> None` of an app. It tells whom it concerns
with `notify(…, again_after=…)`, so that looking twice tells nobody twice.
"""

REMINDERS = [
    "compliance.reviews.recounting.recount",
    "compliance.oversight.recounting.recount",
    "compliance.assessments.reminders.remind",
    "compliance.oversight.campaigns.remind_of_campaigns",
    "compliance.remediation.reminders.remind",
    "compliance.reviews.reminders.remind",
]
