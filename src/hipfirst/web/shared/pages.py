# SPDX-License-Identifier: Apache-2.0
"""A page is a template and a dataclass that declares everything the template may use."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def render_page(
    request: HttpRequest, template: str, context: DataclassInstance, *, status: int = 200
) -> HttpResponse:
    """Render `template` with exactly the fields of `context`."""
    values = {field.name: getattr(context, field.name) for field in fields(context)}
    return render(request, template, values, status=status)
