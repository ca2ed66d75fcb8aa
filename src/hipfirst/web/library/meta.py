# SPDX-License-Identifier: Apache-2.0
"""What other sites are told when a page is shared: its one address, and a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest

from hipfirst.web.shared.addresses import whole_url


@dataclass(frozen=True)
class Meta:
    """Absolute addresses, since whoever reads them stands elsewhere."""

    url: str = ""
    """The one address of the page, without what was asked of it."""
    type: Literal["website", "article"] = "website"
    title: str = ""
    """Empty: the name of the site."""
    description: str = ""
    """Empty: what the owner says of the site."""
    image: str = ""
    published: str = ""
    """Date, as YYYY-MM-DD."""
    updated: str = ""
    authors: tuple[str, ...] = ()


NO_META = Meta()


def meta_of(  # noqa: PLR0913 the parts of one head, named at every call
    request: HttpRequest,
    *,
    title: str = "",
    description: str = "",
    image: str = "",
    type: Literal["website", "article"] = "website",  # noqa: A002 as it is called there
    published: str = "",
    updated: str = "",
    authors: tuple[str, ...] = (),
) -> Meta:
    """For the page that was asked for; `image` is a path of this site, or empty."""
    return Meta(
        url=whole_url(request, request.path),
        type=type,
        title=title,
        description=description,
        image=whole_url(request, image) if image else "",
        published=published,
        updated=updated,
        authors=authors,
    )
