# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from django.urls import path

from hipfirst.web.accounts import consent, deletion, overview, sign_again, sign_views, views

app_name = "accounts"
urlpatterns = [
    # In place of pages of the sign-in library.
    path("account/2fa/totp/activate/", sign_views.ActivateApp.as_view(), name="app-activate"),
    path("account/logout/", sign_views.SignOut.as_view(), name="sign-out"),
    path("account/password/set/", sign_views.set_password, name="password-set"),
    path("account/reauthenticate/code/", sign_again.SignAgain.as_view(), name="sign-again"),
    path("account/2fa/webauthn/add/", sign_views.AddPasskey.as_view(), name="passkey-add"),
    path(
        "account/sessions/everywhere/",
        sign_views.sign_out_everywhere,
        name="sign-out-everywhere",
    ),
    path("account/", overview.account, name="account"),
    path("account/name/", overview.name, name="name"),
    path("account/keep/", overview.keep, name="keep"),
    path("account/consent/", consent.consent, name="consent"),
    path("account/consent/give/", consent.give, name="consent-give"),
    path("account/consent/withdraw/", consent.withdraw, name="consent-withdraw"),
    path("account/consent/<int:consent_id>/", consent.terms_agreed, name="terms-agreed"),
    path("account/delete/", deletion.delete, name="delete"),
    path("account/deleted/", deletion.deleted, name="deleted"),
    path("privacy/", views.privacy, name="privacy"),
    path("privacy/my-data.json", views.privacy_export, name="privacy-export"),
    path("privacy/my-data.zip", views.privacy_tables, name="privacy-tables"),
    path("privacy/erase/", views.privacy_erase, name="privacy-erase"),
]
