"""The queue: the submissions in a reviewer's jurisdiction, narrowed down and sorted."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db.models import F, Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import ListView

from compliance.accounts.models import User
from compliance.assessments.models import Submission
from compliance.assessments.models.submission import SubmissionQuerySet
from compliance.language import page_language
from compliance.library.models import QuestionnaireVersion
from compliance.library.versions import scorer_of
from compliance.lifecycle import ENDED, Status
from compliance.organisations.models import Organisation
from compliance.organisations.regions import region

STATES = {
    "waiting": [Status.SUBMITTED],
    "reviewing": [Status.UNDER_REVIEW, Status.REPORTED],
    "company": [Status.RETURNED, Status.AWAITING_SIGNATURE, Status.REMEDIATION_DEMANDED],
    "ended": sorted(ENDED),
}
SORTS = {
    "": [F("submitted_at").desc()],
    "due": [F("review__due_at").asc(nulls_last=True), F("submitted_at").asc()],
    "rating": [F("rating").desc(nulls_last=True), F("submitted_at").desc()],
    "company": [F("organisation__name").asc(), F("submitted_at").desc()],
}
MINE, NOBODY = "me", "nobody"


class QueueForm(forms.Form):
    """What the queue is narrowed to, from the address. It offers what there is, and no more."""

    state = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[
            ("", _("All")),
            ("waiting", _("Waits to be taken up")),
            ("reviewing", _("With the reviewers")),
            ("company", _("With the company")),
            ("ended", _("Ended")),
        ],
    )
    region = forms.ChoiceField(label=_("Region"), required=False)
    questionnaire = forms.ChoiceField(label=_("Questionnaire"), required=False)
    tier = forms.ChoiceField(label=_("Subject tier"), required=False)
    rating = forms.ChoiceField(label=_("Rating"), required=False)
    assigned = forms.ChoiceField(label=_("Assigned to"), required=False)
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[
            ("", pgettext_lazy("submissions", "The newest first")),
            ("due", _("The next due first")),
            ("rating", _("The lowest rating first")),
            ("company", _("By company")),
        ],
    )

    def __init__(self, data: Any, found: QuerySet[Submission], user: User) -> None:
        super().__init__(data)
        self.user = user
        tiers, ratings = _worded(found)
        titles = {
            version.key: version.title(page_language())
            for version in QuestionnaireVersion.objects.defer("document").order_by("published_at")
        }
        self._offer("region", found, lambda code: str(region(code) or code))
        self._offer("questionnaire", found, lambda key: titles.get(key, key))
        self._offer("tier", found, lambda tier: tiers.get(tier, tier))
        self._offer("rating", found, lambda rating: ratings.get(rating, rating))
        reviewing = found.exclude(review__assigned_to=None).values("review__assigned_to")
        others = User.objects.filter(pk__in=reviewing).exclude(pk=user.pk)
        self._choose(
            "assigned",
            [(MINE, _("Me")), (NOBODY, _("Nobody yet")), *((str(u.pk), str(u)) for u in others)],
        )

    def narrow(self, found: QuerySet[Submission]) -> QuerySet[Submission]:
        """Return what the address asks for, in its order; a choice that is none is left out."""
        self.is_valid()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        if state := chosen.get("state"):
            found = found.filter(assessment__status__in=STATES[state])
        for name in ("region", "questionnaire", "tier", "rating"):
            if name in chosen:
                found = found.filter(**{name: chosen[name]})
        match chosen.get("assigned"):
            case None:
                pass
            case "me":
                found = found.filter(review__assigned_to=self.user)
            case "nobody":
                found = found.filter(review__assigned_to=None)
            case person:
                found = found.filter(review__assigned_to=person)
        return found.order_by(*SORTS[chosen.get("sort", "")], "pk")

    def _offer(self, name: str, found: QuerySet[Submission], say: Callable[[str], str]) -> None:
        """Offer the values that occur, in the words of the page."""
        values = found.order_by(name).values_list(name, flat=True).distinct()
        self._choose(name, [(str(v), say(str(v))) for v in values if v not in (None, "")])

    def _choose(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("All")), *choices]


def _worded(found: QuerySet[Submission]) -> tuple[dict[str, str], dict[str, str]]:
    """Return how the tiers and ratings of these submissions are called; the newest version says."""
    tiers: dict[str, str] = {}
    ratings: dict[str, str] = {}
    used = found.order_by().values("assessment__version")
    versions = QuestionnaireVersion.objects.filter(pk__in=used).defer("document")
    for version in versions.order_by("published_at"):
        asked = scorer_of(version).questionnaire
        tiers |= {tier.id: tier.title.to(page_language()) for tier in asked.tiers}
        ratings |= {
            str(place): rating.title.to(page_language())
            for place, rating in enumerate(asked.ratings)
        }
    return tiers, ratings


class Queue(LoginRequiredMixin, ListView):
    """The submissions that stand in the visitor's jurisdiction."""

    template_name = "reviews/queue.html"
    context_object_name = "submissions"
    paginate_by = 50

    @cached_property
    def form(self) -> QueueForm:
        """What the address asks for."""
        user = self.request.user
        assert isinstance(user, User)
        return QueueForm(self.request.GET, self.standing(), user)

    def standing(self) -> SubmissionQuerySet:
        """Return all that stand, but for those that another regulator reviews.

        PermissionDenied for someone who belongs to no regulator.
        """
        regulators = Organisation.objects.regulators_of(self.request.user)
        if not regulators.exists():
            raise PermissionDenied
        found = Submission.objects.current().in_jurisdiction_of(self.request.user)
        own = Q(review__regulator__in=regulators)
        return found.filter(own | Q(review=None))

    def get_queryset(self) -> QuerySet[Submission]:
        return self.form.narrow(
            self.standing().without_document().select_related("review__assigned_to")
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.standing()
        waiting = found.filter(assessment__status=Status.SUBMITTED).count()
        narrowed = any(self.form.cleaned_data.values())
        return super().get_context_data(
            form=self.form, waiting=waiting, narrowed=narrowed, **kwargs
        )
