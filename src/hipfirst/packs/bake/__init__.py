# SPDX-License-Identifier: Apache-2.0
"""What is derived from a pack and stored beside it: clips, stills and an index of them."""
