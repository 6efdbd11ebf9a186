"""Signing in and one's own account. The names are those by which allauth finds its pages."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.webauthn import views as passkeys
from django.urls import include, path
from django.views.decorators.http import require_http_methods

from compliance.accounts import views
from compliance.accounts.views import FORM, PAGE

signing_in = [
    path("sign-in/", views.SignIn.as_view(), name="account_login"),
    path("sign-in/passkey/", views.PasskeySignIn.as_view(), name="mfa_login_webauthn"),
    path("sign-in/second-step/", views.SecondStep.as_view(), name="mfa_authenticate"),
    path(
        "sign-in/refused/",
        account.AccountInactiveView.as_view(http_method_names=PAGE),
        name="account_inactive",
    ),
    path(
        "sign-out/",
        account.LogoutView.as_view(http_method_names=["post", "options"]),
        name="account_logout",
    ),
    path("sign-up/", account.SignupView.as_view(http_method_names=FORM), name="account_signup"),
    path(
        "confirm-address/",
        account.EmailVerificationSentView.as_view(http_method_names=PAGE),
        name="account_email_verification_sent",
    ),
    path(
        "confirm-address/<str:key>/",
        account.ConfirmEmailView.as_view(http_method_names=FORM),
        name="account_confirm_email",
    ),
]

password = [
    path("", views.PasswordChange.as_view(), name="account_change_password"),
    path(
        "forgotten/",
        account.PasswordResetView.as_view(http_method_names=FORM),
        name="account_reset_password",
    ),
    path(
        "forgotten/sent/",
        account.PasswordResetDoneView.as_view(http_method_names=PAGE),
        name="account_reset_password_done",
    ),
    path(
        "new/<slug:uidb36>/<str:key>/",
        require_http_methods(["GET", "HEAD", "POST"])(account.PasswordResetFromKeyView.as_view()),
        name="account_reset_password_from_key",
    ),
    path(
        "new/done/",
        account.PasswordResetFromKeyDoneView.as_view(http_method_names=PAGE),
        name="account_reset_password_from_key_done",
    ),
]

confirming = [
    path(
        "",
        account.ReauthenticateView.as_view(http_method_names=FORM),
        name="account_reauthenticate",
    ),
    path(
        "code/", mfa.ReauthenticateView.as_view(http_method_names=FORM), name="mfa_reauthenticate"
    ),
    path(
        "passkey/",
        passkeys.ReauthenticateWebAuthnView.as_view(http_method_names=FORM),
        name="mfa_reauthenticate_webauthn",
    ),
]

second_factor = [
    path("", views.SecondFactors.as_view(), name="mfa_index"),
    path("app/", views.AddApp.as_view(), name="mfa_activate_totp"),
    path("app/remove/", views.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("passkeys/add/", views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path(
        "passkeys/<slug:credential>/remove/",
        views.RemovePasskey.as_view(),
        name="mfa_remove_webauthn",
    ),
    path(
        "codes/",
        codes.ViewRecoveryCodesView.as_view(http_method_names=PAGE),
        name="mfa_view_recovery_codes",
    ),
    path("codes/new/", views.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path(
        "codes/download/",
        codes.DownloadRecoveryCodesView.as_view(http_method_names=PAGE),
        name="mfa_download_recovery_codes",
    ),
]

urlpatterns = [
    *signing_in,
    path("", views.Account.as_view(), name="account"),
    path("address/", account.EmailView.as_view(http_method_names=FORM), name="account_email"),
    path("password/", include(password)),
    path("confirm/", include(confirming)),
    path("second-factor/", include(second_factor)),
    path("sessions/", views.Sessions.as_view(), name="usersessions_list"),
]
