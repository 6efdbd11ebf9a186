"""Pages with a form that nobody has to fill in twice."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.generic import FormView

from compliance.accounts.again import SignInAgain


class FormAgain(SignInAgain, FormView):
    """A page with a form; what was typed survives a new sign-in.

    Whoever may not use the form is refused by `get_context_data`, without which there is no answer.
    """

    http_method_names = ["get", "head", "post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        shown = self.get_context_data()
        if self.unconfirmed:
            return self.render_to_response(shown, status=403)
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(unconfirmed=self.unconfirmed, **kwargs)
