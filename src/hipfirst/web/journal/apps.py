# SPDX-License-Identifier: Apache-2.0
from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JournalConfig(AppConfig):
    name = "hipfirst.web.journal"
    label = "journal"
    verbose_name = _("Journal")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from hipfirst.web.accounts.contract import register  # noqa: PLC0415 models must be ready
        from hipfirst.web.journal.comment_actions import comments_purge  # noqa: PLC0415
        from hipfirst.web.journal.discussion import discussion_for  # noqa: PLC0415
        from hipfirst.web.journal.markup_upkeep import comments_render  # noqa: PLC0415
        from hipfirst.web.journal.needs import comments_waiting  # noqa: PLC0415
        from hipfirst.web.journal.notices import deliver_notices, notices_purge  # noqa: PLC0415
        from hipfirst.web.journal.person_data import COMMENTS  # noqa: PLC0415
        from hipfirst.web.library.hooks import register_discussion  # noqa: PLC0415
        from hipfirst.web.site.duties import Duty, register_duty  # noqa: PLC0415
        from hipfirst.web.site.needs import register_needs  # noqa: PLC0415

        register(COMMENTS)
        register_needs(comments_waiting)
        register_discussion("journal/comments/_discussion.html", discussion_for)
        hour, minute = timedelta(hours=1), timedelta(minutes=1)
        register_duty(Duty("deliver notices", lambda now: deliver_notices(now=now), minute))
        register_duty(Duty("render comments", lambda _now: comments_render(), minute))
        register_duty(Duty("purge comments", lambda now: comments_purge(now=now), hour))
        register_duty(Duty("purge notices", lambda now: notices_purge(now=now), hour))
