# SPDX-License-Identifier: Apache-2.0
from django.apps import AppConfig


class ProgressConfig(AppConfig):
    name = "hipfirst.web.progress"
    label = "progress"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from hipfirst.web.accounts.contract import register  # noqa: PLC0415 models must be ready
        from hipfirst.web.progress.actions import (  # noqa: PLC0415
            reports_asked_erase,
            reports_purge,
            reports_told_erase,
        )
        from hipfirst.web.progress.person_data import REPORTS  # noqa: PLC0415
        from hipfirst.web.site.duties import HOUR, Duty, register_duty  # noqa: PLC0415
        from hipfirst.web.training.hooks import register_asked, register_told  # noqa: PLC0415

        register(REPORTS)
        register_told(reports_told_erase)
        register_asked(reports_asked_erase)
        register_duty(Duty("pages whose link is over", reports_purge, HOUR))
