# SPDX-License-Identifier: Apache-2.0
"""Everything Django, as a ladder of apps: project > training > library > accounts > shared.

An upper app may import a lower one, never the reverse.
"""
