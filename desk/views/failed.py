"""Work of the hub that failed for good: a manager mends what was wrong and has it run again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from desk.access import DeskRequest, needs
from dossiers.roles import Role
from dossiers.work import TaskKind
from scheduler import failures


@needs(Role.MANAGER)
@require_POST
def again(request: DeskRequest, number: int) -> HttpResponse:
    """Run the failed work of task *number* again; the second press changes nothing."""
    task = get_object_or_404(request.scope.tasks(), pk=number, kind=TaskKind.WORK_FAILED)
    if failures.again(task, by=request.user.get_username()):
        messages.success(request, _("The work runs again."), extra_tags="ok")
    else:
        messages.info(request, _("This work has been run again before."))
    return redirect("work")
