"""What importing click costs for nothing, avoided: import this module before it.

* click asks ``inspect`` to tidy what is said of every option, and that loads Python's parser and disassembler, a
  twelfth of what a search takes.
* It translates its words through ``gettext``, for which there is no catalogue.
* It knows a type of option for UUIDs, and ``urllib.parse`` takes addresses of IPv6 apart; a command has neither.
"""

from __future__ import annotations

from tongwen.later import standing_in


def _tidied(text: str) -> str:
    """As ``inspect.cleandoc`` does it."""
    if "\n" not in text:
        return text.expandtabs().lstrip()
    from inspect import cleandoc  # noqa: PLC0415  who asks for help waits for it

    return cleandoc(text)


with standing_in({"gettext": {"gettext": str}, "inspect": {"cleandoc": _tidied}, "ipaddress": {}, "uuid": {}}):
    import urllib.parse  # noqa: F401

    import click  # noqa: F401
