from django.urls import path

from compliance.oversight import views
from compliance.oversight.registers import RegisterFile, Registers

app_name = "oversight"
urlpatterns = [
    path("campaigns/", views.CampaignList.as_view(), name="campaigns"),
    path("campaigns/begin/", views.Begin.as_view(), name="begin"),
    path("campaigns/<uuid:campaign_id>/", views.CampaignPage.as_view(), name="campaign"),
    path("campaigns/<uuid:campaign_id>/invite/", views.InviteMore.as_view(), name="invite"),
    path("campaigns/<uuid:campaign_id>/remind/", views.Remind.as_view(), name="remind"),
    path("campaigns/<uuid:campaign_id>/end/", views.End.as_view(), name="end"),
    path("invitations/<uuid:campaign_id>/", views.Invitation.as_view(), name="invitation"),
    path("registers/", Registers.as_view(), name="registers"),
    path("registers/<slug:kind>/", RegisterFile.as_view(), name="register"),
]
