"""Add an organisation and invite its first person."""

import argparse
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import (
    BaseCommand,
    CommandError,
    CommandParser,
    no_translations,
)
from django.core.validators import validate_email

from compliance.organisations.credit_codes import normal
from compliance.organisations.forms.fields import read_region
from compliance.organisations.models import Organisation
from compliance.organisations.models.roles import Kind
from compliance.organisations.registering import FIRST_ROLE, add_organisation


class Command(BaseCommand):
    """The way to the first regulator of a new installation."""

    help = "Add a company, regulator or association, and invite its first person by e-mail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=Kind.values)
        parser.add_argument("name", help="its name in Chinese")
        parser.add_argument("email", help="whom to invite as its first person")
        parser.add_argument("--name-en", default="", help="its name in English")
        parser.add_argument("--credit-code", default="", help="its unified social credit code")
        parser.add_argument("--region", default="", help="where it is: GB/T 2260 code or name")
        parser.add_argument(
            "--jurisdiction",
            action="append",
            default=[],
            metavar="REGION",
            help="where a regulator checks; may be given several times; 000000 is the country",
        )
        parser.add_argument(
            "--language",
            choices=[code for code, _name in settings.LANGUAGES],
            default=settings.LANGUAGE_CODE,
            help="of the e-mail",
        )
        parser.formatter_class = argparse.ArgumentDefaultsHelpFormatter

    @no_translations  # as all commands speak, in English
    def handle(self, *args: Any, **options: Any) -> None:
        kind, email = Kind(options["kind"]), options["email"]
        if (kind == Kind.REGULATOR) != bool(options["jurisdiction"]):
            raise CommandError("A regulator needs --jurisdiction; nothing else has one.")
        organisation = Organisation(
            kind=kind,
            name=options["name"],
            name_en=options["name_en"],
            credit_code=normal(options["credit_code"]),
        )
        try:
            validate_email(email)
            exact = kind == Kind.COMPANY
            if options["region"]:
                organisation.region = read_region(options["region"], exact=exact)
            regions = [read_region(written) for written in options["jurisdiction"]]
            organisation.full_clean()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        add_organisation(organisation, regions, email, options["language"], by=None)
        role = FIRST_ROLE[kind].label
        self.stdout.write(f"Added {organisation} ({organisation.pk}). Invited {email}: {role}.")
