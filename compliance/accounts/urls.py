from django.contrib.auth import views as auth
from django.urls import path, reverse_lazy

app_name = "accounts"
FORM = ["get", "head", "post", "options"]  # Django's form views would take PUT as well

urlpatterns = [
    path(
        "sign-in/",
        auth.LoginView.as_view(
            http_method_names=FORM,
            template_name="accounts/sign_in.html",
            redirect_authenticated_user=True,
        ),
        name="sign_in",
    ),
    path("sign-out/", auth.LogoutView.as_view(), name="sign_out"),
    path(
        "password/",
        auth.PasswordChangeView.as_view(
            http_method_names=FORM,
            template_name="accounts/password_change.html",
            success_url=reverse_lazy("accounts:password_changed"),
        ),
        name="password_change",
    ),
    path(
        "password/changed/",
        auth.PasswordChangeDoneView.as_view(template_name="accounts/password_changed.html"),
        name="password_changed",
    ),
]
