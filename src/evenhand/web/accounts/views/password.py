"""Change one's own password: the old one is asked, and the session goes on."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from evenhand.accountability.permissions import may_enter
from evenhand.web.accounts.services import change_password
from evenhand.web.foundation.pages import PageRequest, page


@page(may_enter)
def change(request: PageRequest) -> HttpResponse:
    """The old password once, the new one twice."""
    form = PasswordChangeForm(request.account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["new_password1"]
        change_password(password=password, by=request.account, at=request.moment)
        update_session_auth_hash(request, request.account)
        messages.success(request, "Your password is changed.")
        return redirect("accounts:own")
    context = {
        "form": form,
        "title": "Change your password",
        "button": "Change it",
        "back": reverse("accounts:own"),
        "crumbs": (("Your account", reverse("accounts:own")),),
    }
    status = 422 if form.errors else 200
    return render(request, "foundation/command.html", context, status=status)
