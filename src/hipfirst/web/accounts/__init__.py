# SPDX-License-Identifier: Apache-2.0
"""People: visitors now, members later; how what is theirs is adopted, exported and erased."""
