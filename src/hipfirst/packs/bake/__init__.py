# SPDX-License-Identifier: Apache-2.0
"""From documents to what is shown: clips, stills and strips, made once and kept beside the pack."""
