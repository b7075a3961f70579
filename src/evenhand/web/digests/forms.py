"""Where one's digest goes."""

from __future__ import annotations

from django import forms


class AddressForm(forms.Form):
    """An address, or none."""

    address = forms.EmailField(
        label="Send my digest to",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Leave it empty to have it on this page only. It is not put on the record.",
    )
