# SPDX-License-Identifier: Apache-2.0
from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "hipfirst.web.training"
    label = "training"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from hipfirst.web.accounts.contract import register  # noqa: PLC0415 models must be ready
        from hipfirst.web.library.going_on import register_going_on  # noqa: PLC0415
        from hipfirst.web.library.hooks import register_today  # noqa: PLC0415
        from hipfirst.web.site.duties import HOUR, Duty, register_duty  # noqa: PLC0415
        from hipfirst.web.training.actions import checks_purge  # noqa: PLC0415
        from hipfirst.web.training.check_in_actions import check_ins_purge  # noqa: PLC0415
        from hipfirst.web.training.check_in_data import CHECK_INS  # noqa: PLC0415
        from hipfirst.web.training.going_on import program_going_on  # noqa: PLC0415
        from hipfirst.web.training.kept_actions import kept_purge  # noqa: PLC0415
        from hipfirst.web.training.kept_data import KEPT  # noqa: PLC0415
        from hipfirst.web.training.person_data import CHECKS, RUNS  # noqa: PLC0415
        from hipfirst.web.training.program_data import PROGRAMS  # noqa: PLC0415
        from hipfirst.web.training.reminders import (  # noqa: PLC0415
            EVERY,
            reminders_deliver,
            reminders_purge,
        )
        from hipfirst.web.training.today import session_today  # noqa: PLC0415

        register_duty(Duty("old knee checks", checks_purge, HOUR))
        register_duty(Duty("old check-ins", check_ins_purge, HOUR))
        register_duty(Duty("replaced plans", kept_purge, HOUR))
        register_duty(Duty("deliver reminders", lambda now: reminders_deliver(now=now), EVERY))
        register_duty(Duty("purge reminders", lambda now: reminders_purge(now=now), HOUR))
        register(RUNS)
        register(KEPT)
        register(CHECKS)
        register(CHECK_INS)
        register(PROGRAMS)
        register_today(session_today)
        register_going_on(program_going_on)
