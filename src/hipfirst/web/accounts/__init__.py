# SPDX-License-Identifier: Apache-2.0
"""People: visitors now, members later; what belongs to a person and how it is adopted, exported, erased."""
