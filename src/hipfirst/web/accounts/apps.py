# SPDX-License-Identifier: Apache-2.0
from django.apps import AppConfig
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "hipfirst.web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from hipfirst.web.accounts.actions import accounts_purge  # noqa: PLC0415
        from hipfirst.web.accounts.contract import register  # noqa: PLC0415 models must be ready
        from hipfirst.web.accounts.person_data import PARTS  # noqa: PLC0415
        from hipfirst.web.accounts.sign_actions import unconfirmed_purge  # noqa: PLC0415
        from hipfirst.web.site.duties import HOUR, Duty, register_duty  # noqa: PLC0415

        # Django's own words say "email"; every form here, also those of others, takes these.
        validate_email.message = _("Enter a valid e-mail address.")
        for part in PARTS:
            register(part)
        register_duty(Duty("accounts to be erased", accounts_purge, HOUR))
        register_duty(Duty("accounts nobody opened", unconfirmed_purge, HOUR))
