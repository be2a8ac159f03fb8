"""Addresses of the desk. Names begin with the place in the navigation that they belong to."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, URLResolver, path
from django.views.i18n import set_language

from desk.access import public
from desk.api import api
from desk.views import (
    attention,
    connections,
    day,
    documents,
    dossier,
    failed,
    lookup,
    money,
    place,
    post,
    powers,
    refunds,
    returned,
    session,
    tray,
    work,
)
from dossiers.roles import Role

OFFICIAL, CLERK = {"role": Role.OFFICIAL}, {"role": Role.CLERK}

urlpatterns: list[URLPattern | URLResolver] = [
    path("", work.show, name="work"),
    path("tasks/<int:number>/again/", failed.again, name="work-again"),
    path("sign-in/", session.sign_in, name="sign-in"),
    path("sign-out/", public(LogoutView.as_view()), name="sign-out"),
    path("language/", public(set_language), name="language"),
    path("dossiers/<str:code>/", dossier.show, name="dossier"),
    path("dossiers/<str:code>/place/", place.show, name="place"),
    path("dossiers/<str:code>/<str:sha256>.pdf", documents.pdf, name="document"),
    path("dossiers/<str:code>/<str:sha256>/<int:number>.png", documents.page, name="page"),
    path("signing/", tray.show, OFFICIAL, name="signing"),
    path("signing/seen/", tray.seen, OFFICIAL, name="signing-seen"),
    path("signing/start/", tray.start, OFFICIAL, name="signing-start"),
    path("signing/back/", tray.send_back, OFFICIAL, name="signing-back"),
    path("signing/batches/<str:code>/", tray.batch, OFFICIAL, name="signing-batch"),
    path("signing/batches/<str:code>/go-on/", tray.go_on, OFFICIAL, name="signing-go-on"),
    path("sealing/", tray.show, CLERK, name="sealing"),
    path("sealing/seen/", tray.seen, CLERK, name="sealing-seen"),
    path("sealing/start/", tray.start, CLERK, name="sealing-start"),
    path("sealing/batches/<str:code>/", tray.batch, CLERK, name="sealing-batch"),
    path("sealing/batches/<str:code>/go-on/", tray.go_on, CLERK, name="sealing-go-on"),
    path("money/", money.show, name="money"),
    path("money/close/", money.close, name="money-close"),
    path("money/resolve/", money.resolve, name="money-resolve"),
    path("money/refund/", refunds.ask, name="money-refund"),
    path("money/refund/decide/", refunds.decide, name="money-refund-decide"),
    path("post/", post.show, name="post"),
    path("post/close/", post.close, name="post-close"),
    path("post/manifests/<str:number>/", post.manifest, name="post-manifest"),
    path("post/manifests/<str:number>.<str:form>", post.download, name="post-download"),
    path("post/manifests/<str:number>/hand-over/", post.hand_over, name="post-hand-over"),
    path("post/returned/<str:code>/again/", returned.send_again, name="post-again"),
    path("post/returned/<str:code>/counter/", returned.keep, name="post-keep"),
    path("post/returned/<str:code>/address/", returned.correct, name="post-address"),
    path("powers/", powers.show, name="powers"),
    path("powers/minutes/<int:number>.pdf", powers.paper, name="powers-paper"),
    path("powers/custody/<int:number>/minute/", powers.minute, name="powers-minute"),
    path("powers/<str:kind>/ask/", powers.ask, name="powers-ask"),
    path("powers/<str:kind>/<int:number>/approve/", powers.approve, name="powers-approve"),
    path("powers/<str:kind>/<int:number>/end/", powers.end, name="powers-end"),
    path("attention/", attention.show, name="attention"),
    path("day/", day.show, name="day"),
    path("connections/", connections.show, name="connectors"),
    path("tra-cuu/", lookup.show, name="public"),
    path("tra-cuu/qr/<str:token>.svg", lookup.code, name="public-qr"),
    path("api/v1/", api.urls),
]
