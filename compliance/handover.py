"""Passing on the open work of someone who leaves an organisation, wherever in the site it is."""

from compliance.accounts.models import User
from compliance.assessments.collaboration.assigning import pass_on, take_back
from compliance.organisations.models import Organisation
from compliance.remediation.acting import pass_actions_on
from compliance.reviews.taking_up import pass_reviews_on


def hand_over(organisation: Organisation, person: User, successor: User | None, by: User) -> None:
    """Give the person's open work in an organisation to the successor; without one, to nobody.

    Runs in the transaction in which the person's membership ends.
    """
    if successor is None:
        take_back(person, organisation, by)
    else:
        pass_on(person, organisation, successor, by)
    pass_reviews_on(person, organisation, successor, by)
    pass_actions_on(person, organisation, successor, by)
