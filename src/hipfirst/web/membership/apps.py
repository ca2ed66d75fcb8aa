# SPDX-License-Identifier: Apache-2.0
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembershipConfig(AppConfig):
    name = "hipfirst.web.membership"
    label = "membership"
    verbose_name = _("Membership")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from hipfirst.web.accounts.contract import register  # noqa: PLC0415 models must be ready
        from hipfirst.web.membership.mails import endings_tell  # noqa: PLC0415
        from hipfirst.web.membership.person_data import MEMBERSHIP  # noqa: PLC0415
        from hipfirst.web.membership.providers import MANUAL, register_provider  # noqa: PLC0415
        from hipfirst.web.site.duties import HOUR, Duty, register_duty  # noqa: PLC0415

        register(MEMBERSHIP)
        register_provider(MANUAL)
        register_duty(Duty("memberships that end", endings_tell, HOUR))
