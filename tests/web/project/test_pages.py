# SPDX-License-Identifier: Apache-2.0
"""A page's dataclass declares exactly what its template may use, and the template uses it all."""

from __future__ import annotations

import copy
import re
from dataclasses import fields

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.test import override_settings

from hipfirst.web.accounts.views import PrivacyPage
from hipfirst.web.project.handlers import ErrorPage
from hipfirst.web.training.views import PlayPage

PAGES = {
    "/privacy/": ("accounts/privacy.html", PrivacyPage),
    "/no-such-page/": ("error.html", ErrorPage),
    "PLAY": ("training/play.html", PlayPage),
}
BY_DJANGO = {"True", "False", "None", "csrf_token", "request", "messages"}
BY_DJANGO |= {"perms", "site", "user"}
BY_DJANGO |= {"DEFAULT_MESSAGE_LEVELS", "block", "forloop", "part"}
UNKNOWN = "unknown-variable"


@pytest.fixture
def open_page(starter, ada, start_run):
    run = start_run(ada)
    return lambda path: ada.get(f"/play/{run.pk}/" if path == "PLAY" else path)


def named(page):
    return {field.name for field in fields(page)}


@pytest.mark.parametrize(("path", "page"), [(path, page) for path, (_t, page) in PAGES.items()])
def test_what_is_rendered_is_what_is_declared(open_page, path, page):
    answer = open_page(path)
    given = {name for each in answer.context for layer in each.dicts for name in layer}
    sources = [get_template(each.name).template.source for each in answer.templates if each.name]
    made = {name for text in sources for name in re.findall(r"\bas (\w+)", text)}
    assert given - BY_DJANGO - made == named(page)


@pytest.mark.parametrize(("template", "page"), PAGES.values(), ids=PAGES)
def test_what_is_declared_is_used(template, page):
    source = get_template(template).template.source
    tags = " ".join(re.findall(r"\{[{%].*?[%}]\}", source))
    assert {name for name in named(page) if not re.search(rf"\b{name}\b", tags)} == set()


@pytest.mark.parametrize("path", [*PAGES, "/", "/library/", "/exercises/clam/"])
def test_no_template_asks_for_what_is_not_there(open_page, path):
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["string_if_invalid"] = f"{UNKNOWN} %s"
    with override_settings(TEMPLATES=templates):
        assert UNKNOWN not in open_page(path).content.decode()
