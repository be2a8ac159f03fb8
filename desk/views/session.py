"""Signing in."""

from __future__ import annotations

from django.contrib.auth import login
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from desk import misses
from desk.access import public


@public
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the form, or sign the person in and lead on."""
    where = _next(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect(where)
    if request.method != "POST":
        return _page(request, AuthenticationForm(request), where)
    who = (misses.address(request), request.POST.get("username", "").casefold())
    form = AuthenticationForm(request, data=request.POST)
    # A caller who must rest is not told whether this guess was right.
    if misses.too_many("sign-in", *who) or not form.is_valid():
        misses.note("sign-in", *who)
        form.errors.setdefault("__all__", form.error_class(["refused"]))
        return _page(request, form, where)
    login(request, form.get_user())
    return HttpResponseRedirect(where)


def _page(request: HttpRequest, form: AuthenticationForm, where: str) -> HttpResponse:
    status = 401 if form.errors else 200
    return render(request, "desk/sign_in.html", {"form": form, "next": where}, status=status)


def _next(request: HttpRequest) -> str:
    """Return where to go afterwards: only to ourselves."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else reverse("work")
