"""Forms of the loads: files to bring, and why a load is withdrawn."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from evenhand.web.loads.datasets import DATASETS


class ManyFiles(forms.ClearableFileInput):
    """A file field that takes several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Each file by the rules of a single one."""
        sent = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(each, initial) for each in sent]


def _list_choices(*, mapped: bool) -> list[tuple[str, str]]:
    return [(each.id, each.title) for each in DATASETS.values() if each.is_mapped == mapped]


class BringForm(forms.Form):
    """What the files are of, and the files."""

    dataset = forms.ChoiceField(
        label="What the records are of",
        choices=[
            ("Records of this service", _list_choices(mapped=False)),
            ("Files that others publish", _list_choices(mapped=True)),
        ],
    )
    chosen = FilesField(
        label="Files",
        help_text="Nothing is loaded before you have seen what is wrong with them.",
        widget=ManyFiles(
            attrs={"accept": ",".join({e for d in DATASETS.values() for e in d.accepts})}
        ),
    )


class WithdrawForm(forms.Form):
    """Why a load counts no more."""

    reason = forms.CharField(label="Reason", widget=forms.Textarea)
