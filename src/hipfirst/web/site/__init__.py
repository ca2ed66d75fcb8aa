# SPDX-License-Identifier: Apache-2.0
"""What the owner decides about the site: name, logo, colours, numbers of the knee rules, texts."""
