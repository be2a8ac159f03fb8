"""
Forms in which a manager asks for a power to sign: what is chosen lies within their units.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from desk.words import Word
from desk.words_of_powers import choices
from dossiers.signing_status import SealMode, SigningForm
from register.models import Procedure, Unit
from signing.models import Appointment, Delegation, SealCustody

_PERIOD = ("authority", "valid_from", "valid_to")


class Codes(forms.CharField):
    """Words with commas or line ends between them, kept as a list."""

    def to_python(self, value: Any) -> Any:
        """Return the words."""
        text = (super().to_python(value) or "").replace("\n", ",")
        return [word.strip() for word in text.split(",") if word.strip()]


class PowerForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no generics
    """What all three have."""

    def __init__(self, *args: Any, units: frozenset[str], kind: str, **kwargs: Any) -> None:
        """Offer what lies within *units*; *kind* keeps the forms of one page apart."""
        super().__init__(*args, **{**kwargs, "auto_id": f"{kind}-%s"})
        self._units = units
        for name in ("valid_from", "valid_to"):
            self.fields[name].widget.attrs["placeholder"] = _("day/month/year")
        self.fields["authority"].label = _("Number of the deciding document")
        self.fields["valid_from"].label = _("First day")
        self.fields["valid_to"].label = _("Last day (empty: open)")
        for name, field in self.fields.items():
            field.widget.attrs.setdefault("autocomplete", "off")
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = self._reach(field.queryset)
                field.empty_label = "–" if name == "pin_holder" else None

    def _reach(self, rows: Any) -> Any:
        """Return those of *rows* that lie within the manager's units."""
        if rows.model is Unit:
            return rows.filter(pk__in=self._units).order_by("name")
        if rows.model is Appointment:
            known = rows.filter(unit__in=self._units, ended_at=None).exclude(approved_at=None)
            return known.order_by("unit", "name", "title")
        return rows.filter(signer__unit__in=self._units).distinct().order_by("pk")

    def clean_procedures(self) -> list[str]:
        """Return the codes; an error names the first that is no procedure."""
        return self._known("procedures", "code", _("There is no such procedure: %(word)s"))

    def clean_subjects(self) -> list[str]:
        """Return the fields ("lĩnh vực"); an error names the first that no procedure has."""
        known: list[str] = self._known("subjects", "field", _("There is no such field: %(word)s"))
        setattr(self.instance, "fields", known)  # noqa: B010 - a form's own "fields" are others
        return known

    def _known(self, name: str, column: str, message: Word) -> list[str]:
        words: list[str] = self.cleaned_data[name]
        known = set(
            Procedure.objects.filter(**{f"{column}__in": words}).values_list(column, flat=True)
        )
        for word in words:
            if word not in known:
                raise forms.ValidationError(message % {"word": word})
        return words


class AppointmentForm(PowerForm):
    """Who holds a title at an agency."""

    class Meta:
        """What is asked."""

        model = Appointment
        fields = ("unit", "person", "staff_number", "name", "title", "head", "body", *_PERIOD)
        labels: ClassVar = {
            "unit": _("Agency"),
            "person": _("User name (empty: no account)"),
            "staff_number": _("Staff number"),
            "name": _("Full name"),
            "title": _("Title, as printed"),
            "head": _("Head: signs in their own right"),
            "body": _("Body for which the head speaks (TM.)"),
        }

    def clean_person(self) -> str:
        """Return the user name; an error if nobody in these units has it."""
        name: str = self.cleaned_data["person"]
        users = User.objects.filter(username=name, memberships__unit__in=self._units)
        if name and not users.exists():
            raise forms.ValidationError(_("Nobody in your units has this user name."))
        return name


class DelegationForm(PowerForm):
    """Who may sign in whose place."""

    form = forms.ChoiceField(choices=choices(SigningForm), label=_("Form of signing"))
    procedures = Codes(required=False, label=_("Codes of procedures (empty: all)"))
    subjects = Codes(required=False, label=_("Fields (empty: all)"))

    class Meta:
        """What is asked."""

        model = Delegation
        fields = ("form", "giver", "taker", "procedures", *_PERIOD)
        labels: ClassVar = {"giver": _("Who lets sign (the head)"), "taker": _("Who signs")}


class CustodyForm(PowerForm):
    """Who holds a seal, and where."""

    mode = forms.ChoiceField(choices=choices(SealMode), label=_("How the seal is kept"))
    procedures = Codes(required=False, label=_("Codes of procedures (empty: all)"))

    class Meta:
        """What is asked."""

        model = SealCustody
        fields = (
            *("unit", "mode", "holder", "token", "pin_holder", "procedures", "workstation"),
            *_PERIOD,
        )
        labels: ClassVar = {
            "unit": _("Agency whose seal it is"),
            "holder": _("Clerk who seals"),
            "token": _("Token"),
            "pin_holder": _("Who opens it (mode C)"),
            "workstation": _("Workstation at the agency (mode B)"),
        }


ALL: dict[str, type[PowerForm]] = {
    "appointment": AppointmentForm,
    "delegation": DelegationForm,
    "custody": CustodyForm,
}
