"""Addresses of the hub."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from config.healthz import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("", include("desk.urls")),
]
