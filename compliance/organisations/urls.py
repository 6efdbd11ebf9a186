from django.urls import path

from compliance.organisations.views import deputies, invitations, organisations, people, subjects

app_name = "organisations"

HERE = "organisations/<uuid:organisation_id>/"
INVITATION = f"{HERE}invitations/<uuid:invitation_id>/"
PERSON = f"{HERE}people/<uuid:person_id>/"

urlpatterns = [
    path("organisations/", organisations.OrganisationList.as_view(), name="list"),
    path("organisations/register/", organisations.Register.as_view(), name="register"),
    path("organisations/add/", organisations.Add.as_view(), name="add"),
    path(HERE, organisations.Overview.as_view(), name="overview"),
    path(f"{HERE}edit/", organisations.Edit.as_view(), name="edit"),
    path(f"{HERE}people/", people.People.as_view(), name="people"),
    path(PERSON, people.Roles.as_view(), name="roles"),
    path(f"{HERE}invite/", invitations.Invite.as_view(), name="invite"),
    path(f"{INVITATION}again/", invitations.InviteAgain.as_view(), name="invite_again"),
    path(f"{INVITATION}revoke/", invitations.Revoke.as_view(), name="revoke"),
    path("invitations/<slug:token>/", invitations.Accept.as_view(), name="invitation"),
    path(f"{HERE}deputies/add/", deputies.NameDeputy.as_view(), name="name_deputy"),
    path(
        f"{HERE}deputies/<uuid:deputyship_id>/end/",
        deputies.EndDeputy.as_view(),
        name="end_deputy",
    ),
    path(f"{HERE}subjects/", subjects.SubjectList.as_view(), name="subjects"),
    path("subjects/add/", subjects.SubjectAdd.as_view(), name="subject_add"),
    path("subjects/<uuid:subject_id>/", subjects.SubjectEdit.as_view(), name="subject_edit"),
    path(
        "subjects/<uuid:subject_id>/archive/",
        subjects.SubjectArchive.as_view(),
        name="subject_archive",
    ),
    path(
        "subjects/<uuid:subject_id>/restore/",
        subjects.SubjectRestore.as_view(),
        name="subject_restore",
    ),
]
