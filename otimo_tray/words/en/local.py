"""Sentences about this computer: settings and secrets (C-4xx), the state database (L-3xx), bugs (X-0xx)."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, ...]]] = {
    "C-400": ("Set-up incomplete", "The set-up can't be used[[: {detail}]].", "Check in Settings."),
    "C-410": (
        "Address without security",
        "Plugg.to's address at {host} starts with http://; the credentials would travel in the open.",
        "Use an address that starts with https:// in Settings → Plugg.to.",
    ),
    "C-411": (
        "Wrong address",
        "Plugg.to's address isn't valid[[: {value}]].",
        "Correct it in Settings → Plugg.to; the usual one is https://api.plugg.to.",
    ),
    "C-412": (
        "Address changed",
        "The stored credentials are for {pinned}, but the settings point to {address}; nothing was sent.",
        "If the change is right, type the credentials again in Settings → Plugg.to.",
    ),
    "C-420": (
        "Set-up missing",
        "{name} of Plugg.to is missing.",
        "Type the credentials in Settings → Plugg.to.",
    ),
    "C-430": (
        "Keyring locked",
        "The system's keyring didn't open now.",
        "Unlock it or log in to the computer again; the program tries again by itself.",
    ),
    "C-431": (
        "No keyring",
        "This computer has no keyring, and credentials are never kept in a file.",
        "On Windows use the Credential Manager; on Linux install gnome-keyring.",
    ),
    "C-450": (
        "Already open",
        "Ótimo Tray is already in use with this profile.",
        "Look for its icon near the clock.",
    ),
    "C-461": (
        "Nothing to release",
        "Held plan no. {plan} doesn't exist or was settled already.",
        "See the list of what is held.",
    ),
    "L-310": (
        "Couldn't be written",
        "The program couldn't write on this computer[[: {detail}]].",
        "Free some disk space; the program tries again by itself and sent nothing without a record.",
    ),
    "L-320": (
        "Data damaged",
        "This profile's data isn't sound or is of a newer version of the program[[: {detail}]].",
        "Don't delete anything: call the support and tell the code.",
    ),
    "X-000": (
        "Something went wrong",
        "Something happened that the program didn't expect[[: {detail}]].",
        "Try again; if it goes on, call the support and tell the code.",
    ),
    "X-001": (
        "Fault of the program",
        "The program failed at this item[[: {error}]]; the others went on.",
        "The details were recorded; call the support and tell the code.",
    ),
}
