"""Connections ("Kết nối"): each connector with its last success and its last failure."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from desk import health
from desk.access import DeskRequest, needs
from dossiers.roles import Role


@needs(Role.FINANCE, Role.POST, Role.MANAGER)
def show(request: DeskRequest) -> HttpResponse:
    """Show the table; it renews itself."""
    template = (
        "desk/parts/connections.html"
        if request.headers.get("HX-Request")
        else "desk/connections.html"
    )
    return render(request, template, {"links": health.links(), "unsure": health.unsure()})
