"""Sentences about this computer: settings and secrets (C-4xx), the state database (L-3xx), bugs (X-0xx)."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, ...]]] = {
    "C-400": ("Set-up incomplete", "The set-up can't be used[[: {detail}]].", "Check it in Settings."),
    "C-401": (
        "Unknown key",
        "The file {file} has a key that doesn't exist: {key}[[ (meant {nearest}?)]].",
        "Correct or delete that line.",
    ),
    "C-402": (
        "Value of another kind",
        "In the file {file}, {key} must be {expected}[[; it is {value}]].",
        "Correct that line.",
    ),
    "C-403": (
        "File of a newer version",
        "The file {file} is version {version}; this program understands up to {supported}.",
        "Update the program.",
    ),
    "C-404": (
        "Settings file can't be read",
        "The file {file} couldn't be read: {reason}[[ (line {line})]].",
        "Correct the file; the previous settings stay in force.",
    ),
    "C-405": (
        "Value not taken",
        "In the file {file}, {key} doesn't take {value}; expected is {expected}.",
        "Correct that line.",
    ),
    "C-406": ("Version missing", "The file {file} doesn't say its version.", "Add the line version = 1 at the top."),
    "C-407": ("File not found", "The file {path} doesn't exist.", "Check the path."),
    "C-408": ("File can't be opened", "The file {path} couldn't be read: {reason}.", "Check the file's permissions."),
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
    "C-420": ("Set-up missing", "What is missing:[[ {name}]][[ {setting}]].", "Enter it in Settings."),
    "C-421": (
        "Database address not understood",
        "The database's address isn't understood: check {part}.",
        "Use the form firebird://user:password@server:3050/path (or postgresql, mariadb, mssql, sqlite).",
    ),
    "C-430": (
        "Password vault locked",
        "The system's password vault didn't open.",
        "Unlock it or log in to the computer again; the program tries again by itself.",
    ),
    "C-431": (
        "No password vault",
        "This computer has no password vault, and credentials are never kept in a file.",
        "On Windows use the Credential Manager; on Linux install gnome-keyring.",
    ),
    "C-432": (
        "Credential too long",
        "The password vault can't keep {name}: the value has {size} bytes and {limit} fit.",
        "Check that the value was copied correctly.",
    ),
    "C-433": (
        "Credentials not understood",
        "The credentials given can't be used: check {name}.",
        (
            "Send a JSON object with client_id, client_secret, username and password"
            " (or erp_database, erp_http, state_password, care_smtp)."
        ),
    ),
    "C-440": (
        "Profile folder",
        "The folder {path} can't be used: {reason}.",
        "Check the folder's permissions or choose another with --profile-dir.",
    ),
    "C-441": (
        "Profile lock",
        "The profile couldn't be locked at {path}: {reason}.",
        "Use a folder of this computer for the profile, not one of the network.",
    ),
    "C-442": (
        "Commands can't reach the program",
        "The program couldn't open the channel that other commands use to reach it: {reason}.",
        "Close the program and open it again.",
    ),
    "C-450": (
        "Already open",
        "Ótimo Tray is already in use with this profile.",
        "Look for its icon near the clock.",
    ),
    "C-451": (
        "Open, but no answer",
        "Ótimo Tray is open with this profile but didn't answer[[ ({reason})]].",
        "Wait a minute; if it goes on, close it and open it again.",
    ),
    "C-452": (
        "The service is not running",
        "The service that looks after these shops is not running, or does not answer.",
        "Look with systemctl status otimo-tray or, on Windows, at the service or scheduled task that starts it.",
    ),
    "C-460": (
        "Command not understood",
        "The running program didn't understand the command; it may be another version.",
        "Close the program and open it again.",
    ),
    "C-461": (
        "Unknown command",
        "The running program doesn't know the command {command}; it may be another version.",
        "Close the program and open it again.",
    ),
    "C-462": (
        "Command too large",
        "The command is too large ({size} bytes; at most {limit}).",
        "Split the work into smaller parts.",
    ),
    "C-463": ("Pause not taken", "A pause must be from 1 to 1,440 minutes.", "Choose another time."),
    "C-470": (
        "Clock is wrong",
        "This computer's clock differs from Plugg.to's by {seconds} seconds.",
        "Set the computer's date and time.",
    ),
    "C-490": (
        "Transfer file is damaged",
        "{file} isn't a transfer file of Ótimo Tray, or it is damaged ({why}); nothing was changed.",
        "Make it again on the other computer and copy it whole.",
    ),
    "C-491": (
        "File of a newer version",
        "{file} was made by a newer Ótimo Tray than this one; nothing was changed.",
        "Update the program on this computer and try again.",
    ),
    "L-310": (
        "Couldn't be written",
        "The program couldn't write on this computer[[: {detail}]][[ ({path})]].",
        "Check the disk; the program tries again by itself, and nothing is sent without a record.",
    ),
    "L-311": (
        "Settings weren't saved",
        "The settings couldn't be saved at {path}: {reason}.",
        "Check the disk and the folder's permissions; the previous settings stay in force.",
    ),
    "L-312": (
        "Disk full",
        "This computer's disk is full[[: {detail}]].",
        "Free some space; the program goes on by itself, and nothing is sent without a record.",
    ),
    "L-313": (
        "Data busy",
        "Another program is using this profile's data[[: {detail}]].",
        "Close backups or antivirus programs that lock it; the program tries again by itself.",
    ),
    "L-314": (
        "No right to write",
        "The program can't write into the profile's folder[[: {detail}]].",
        "Check the folder's permissions; the program tries again by itself.",
    ),
    "L-320": (
        "Data damaged",
        "This profile's data is damaged or is from a newer version of the program[[: {detail}]].",
        "Don't delete anything: call support and give them the code.",
    ),
    "L-321": (
        "Data of a newer version",
        "This profile's data is from a newer version of the program[[: {detail}]].",
        "Update the program; don't delete anything.",
    ),
    "L-322": (
        "Data damaged",
        "This profile's data file is damaged[[: {detail}]].",
        "Don't delete anything: close the program and open it again; it goes back to the last good copy by itself.",
    ),
    "L-323": (
        "Data recovered",
        ("The data file was damaged: it was put aside, the program went back to the copy {copy} and did again what was"
        " typed after it ({typed}). The rest is read anew from the ERP and Plugg.to."),
        "Nothing needs to be done; if it happens again, check this computer's disk.",
    ),
    "L-324": (
        "Data rebuilt",
        ("The data file was damaged and there was no good copy: it was put aside and a new one was made, with what had"
        " been typed ({typed}). The rest is read anew from the ERP and Plugg.to."),
        "Check SKU mapping and what waits for release; check this computer's disk.",
    ),
    "L-325": ("No such copy", "There is no copy named {name}.", "See the names with otimo-tray backup list."),
    "L-326": (
        "Copy restored",
        ("The data went back to the copy {copy}; what was typed after it was done again ({typed}) and the file before"
        " was put aside."),
        "",
    ),
    "L-340": (
        "Updates out of reach",
        "The update address didn't answer.",
        "The program tries again tomorrow.",
    ),
    "L-341": (
        "Update notice refused",
        "The update notice has the wrong form and was refused; nothing was installed.",
        "Tell support.",
    ),
    "L-342": (
        "Unsigned update",
        "The update notice lacks the signature of Ótimo Gestor and was refused; nothing was installed.",
        "Tell support.",
    ),
    "L-343": (
        "Older update",
        "The update address offers a version older than this one; it was refused.",
        "Tell support.",
    ),
    "L-344": (
        "Another installer",
        "The installer that came is not the one announced; it was deleted and nothing was installed.",
        "The program tries again tomorrow; if it goes on, tell support.",
    ),
    "L-345": (
        "Update not installed",
        "The new version could not be installed[[ ({detail})]]; this one stays, nothing was changed.",
        "Try again later; if it goes on, tell support.",
    ),
    "X-000": (
        "Something went wrong",
        "Something happened that the program didn't expect[[: {detail}]].",
        "Try again; if it goes on, call support and give them the code.",
    ),
    "X-001": (
        "Fault of the program",
        "The program failed at this item[[: {error}]]; the others went on.",
        "The details were recorded; call support and give them the code.",
    ),
}
