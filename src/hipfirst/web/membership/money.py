# SPDX-License-Identifier: Apache-2.0
"""Amounts of money: whole coins inside, words at the edge."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from django.utils.formats import number_format

SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "CHF": "CHF\u00a0", "JPY": "¥"}
WITHOUT_CENTS = frozenset({"JPY", "KRW", "CLP", "ISK", "VND", "XAF", "XOF"})
"""Currencies (ISO 4217) whose smallest coin is one."""


def money(coins: int, currency: str) -> str:
    """`€9`, `€9.50`, `250 SEK`."""
    amount = Decimal(coins).scaleb(-_places(currency))
    places = 0 if amount == amount.to_integral_value() else _places(currency)
    number = number_format(amount, decimal_pos=places, force_grouping=True)
    return f"{sign}{number}" if (sign := SIGNS.get(currency)) else f"{number}\u00a0{currency}"


def plain(coins: int, currency: str) -> str:
    """As a field takes it: `9.50`."""
    return str(Decimal(coins).scaleb(-_places(currency)))


def coins_of(typed: str, currency: str) -> int | None:
    """Whole coins of what somebody typed, with a comma or a point; None: it is no amount."""
    try:
        amount = Decimal(typed.strip().replace(",", ".")).scaleb(_places(currency))
    except InvalidOperation:
        return None
    exact = amount.is_finite() and amount == amount.to_integral_value() and abs(amount) < 10**9
    return int(amount) if exact else None


def _places(currency: str) -> int:
    return 0 if currency in WITHOUT_CENTS else 2
