"""
The door for gateways that call us. Nothing is believed here: the body is handed on raw.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from desk import rows
from desk.access import public
from scheduler import callbacks
from scheduler.connections import NotConnectedError

CAP = 64 * 1024
"""Bytes; a gateway's message is a few hundred."""


@public
@csrf_exempt
@require_http_methods(["GET", "POST"])
def take(request: HttpRequest, connector: str) -> HttpResponse:
    """
    Answer what the gateway of *connector* must be answered; too long a body is not read.

    A gateway that calls by GET says everything in the query.
    """
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > CAP:
        return HttpResponse(status=413)
    body = request.read(CAP + 1) or request.META.get("QUERY_STRING", "").encode()
    try:
        with rows.everything():
            answer = callbacks.take(connector, body, dict(request.headers))
    except NotConnectedError:
        return HttpResponse(status=404)
    return HttpResponse(answer.body, status=answer.status, content_type=answer.media_type)
