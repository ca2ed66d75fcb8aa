# SPDX-License-Identifier: Apache-2.0
"""What the actions of memberships refuse.

Refused
└── MembershipRefused
    ├── NoSuchAccount     nobody has this address, or this reference
    ├── WrongAmount       outside what an offer takes
    ├── WrongNumber       of days, or of vouchers
    ├── WrongDay          a last day of vouchers that is over
    ├── VoucherRefused
    │   ├── NoSuchVoucher     mistyped, or never made
    │   ├── VoucherUsed
    │   ├── VoucherOver       its last day is over, or it was withdrawn
    │   └── NothingToAdd      a member for life: it stays unused
    ├── TooManyTries      of codes that there are not
    └── NotNow            nothing to pause, to resume, to cancel, to keep, to take back
"""

from __future__ import annotations

from hipfirst.web.shared.errors import Refused


class MembershipRefused(Refused):
    code = "membership"


class NoSuchAccount(MembershipRefused):
    status = 404
    code = "no-such-account"


class WrongAmount(MembershipRefused):
    code = "wrong-amount"


class WrongNumber(MembershipRefused):
    code = "wrong-number"


class WrongDay(MembershipRefused):
    code = "wrong-day"


class VoucherRefused(MembershipRefused):
    code = "voucher"


class NoSuchVoucher(VoucherRefused):
    code = "no-such-voucher"


class VoucherUsed(VoucherRefused):
    status = 409
    code = "voucher-used"


class VoucherOver(VoucherRefused):
    status = 409
    code = "voucher-over"


class NothingToAdd(VoucherRefused):
    status = 409
    code = "nothing-to-add"


class TooManyTries(MembershipRefused):
    status = 429
    code = "too-many-tries"


class NotNow(MembershipRefused):
    status = 409
    code = "not-now"
