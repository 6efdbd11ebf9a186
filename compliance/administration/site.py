"""The administration: Django's, behind the sign-in of the site."""

from functools import update_wrapper
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

FORMS = frozenset({"add_view", "change_view"})
"""The views that take a POST; all others only show."""


class Administration(AdminSite):
    """For administrators of the site alone. It knows no answers, reports or submissions."""

    site_title = site_header = index_title = _("Administration")
    site_url = "/"
    final_catch_all_view = False

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return bool(user.is_active and user.is_staff and user.is_superuser)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Lead visitors to the sign-in of the site, and refuse who is no administrator."""
        methods = ["GET", "HEAD", "OPTIONS"] + ["POST"] * (view.__name__ in FORMS)
        shown = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not self.has_permission(request):
                raise PermissionDenied
            response: HttpResponse = shown(request, *args, **kwargs)
            return response

        return update_wrapper(guarded, view)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Return no addresses of its own for signing in and out or for passwords."""
        here = [
            path("", self.admin_view(self.index), name="index"),
            path("jsi18n/", self.admin_view(self.i18n_javascript, cacheable=True), name="jsi18n"),
            path("<slug:app_label>/", self.admin_view(self.app_index), name="app_list"),
        ]
        models = [
            path(f"{model._meta.app_label}/{model._meta.model_name}/", include(model_admin.urls))
            for model, model_admin in self._registry.items()
        ]
        return [*models, *here]


site = Administration()
