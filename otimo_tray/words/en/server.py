"""Words of a shop's state on a server: its troubles, codes kept meanwhile, the way there and back."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, ...]]] = {
    "L-330": (
        "Server not found",
        "The data's server, {host}, wasn't found on the network.",
        "Check the address under Settings → Several computers, and the network; the program tries again by itself.",
    ),
    "L-331": (
        "Server doesn't answer",
        "The data's server, {host}, takes no connections[[: {detail}]].",
        "Check that it is on and that the firewall lets it through; the program tries again by itself.",
    ),
    "L-332": (
        "Server refused the password",
        "The data's server, {host}, didn't accept the user or the password.",
        "Type both again under Settings → Several computers.",
    ),
    "L-333": (
        "No such database",
        "The server {host} doesn't have the address's database.",
        "Check the name under Settings → Several computers, or create the database on the server.",
    ),
    "L-334": (
        "No right to the database",
        "The user has no right to this shop's schema on the server {host}[[: {detail}]].",
        "Ask whoever looks after the server for the right to create and use the schema.",
    ),
    "L-335": (
        "Server's identity not verified",
        "The secure connection to {host} couldn't be verified[[: {detail}]]; nothing was sent.",
        "Name the certificate authority's file under Settings → Several computers.",
    ),
    "L-336": (
        "Server took too long",
        "The data's server, {host}, didn't answer in time.",
        "The program tries again by itself; if it goes on, check the network and the server.",
    ),
    "L-337": (
        "Server busy",
        "The data's server, {host}, is starting, stopping, or has no room for more connections.",
        "The program tries again by itself; if it goes on, raise max_connections on the server.",
    ),
    "L-338": (
        "Connection to the server broke",
        "The connection to the data's server, {host}, broke in the middle of the work; nothing was left half done.",
        "The program tries again by itself.",
    ),
    "L-339": (
        "Server can't be used",
        "The server {host} can't hold the shop's data: {detail}.",
        "It takes PostgreSQL 13 or newer, with the database in UTF8 and open for writing.",
    ),
    "L-360": (
        "Server doesn't answer",
        "The data server[[, {host},]] doesn't answer; what you see is from {as_of}.",
        "Tracking codes can be typed and go up by themselves when it is back; everything else waits.",
    ),
    "L-361": (
        "Nothing to show yet",
        "The data server doesn't answer, and this computer hasn't seen the shop's data yet.",
        "Check the network and the server; the program tries again by itself.",
    ),
    "L-362": (
        "Code not kept",
        "The server doesn't answer, and the code couldn't be kept on this computer either[[: {detail}]].",
        "Write the code down, check the disk and type it again.",
    ),
    "L-370": (
        "There is data already",
        "{where} already has a shop's data; nothing was changed.",
        "Choose another schema, or put what is there aside.",
    ),
    "L-371": (
        "Copy differs",
        "Table {table} isn't the same at the other place[[ (row {row})]]; the data is where it was.",
        "Try again; if it goes on, call support and tell them the code.",
    ),
    "L-372": (
        "Other computers use the data",
        "Ótimo Tray is open on another of the shop's computers: {desks}.",
        "Close it there and try again; after the move only this computer has the data.",
    ),
    "L-373": (
        "A row doesn't fit",
        "A row of table {table} doesn't fit at the other place[[ ({detail})]]; the data is where it was.",
        "Call support and tell them the code.",
    ),
    "L-374": (
        "Data was moved elsewhere",
        "The shop's data is no longer here[[: it was moved on {detail}]].",
        "See on the computer that moved it where it is, and set the same in Settings → Several computers.",
    ),
    "L-375": (
        "Data moved",
        "The data is in {where}: {rows} rows compared, one by one. What was there before is kept in {aside}.",
        "",
    ),
    "L-376": ("Move cancelled", "The move was cancelled; the data is where it was.", ""),
    "L-377": ("There already", "The data is already in {where}.", ""),
    "L-378": (
        "Codes not up yet",
        "This computer keeps tracking codes that haven't gone up to the server yet ({count}).",
        "Wait until they have and try again.",
    ),
    "L-379": (
        "No right to make the schema",
        "The user may not create the schema {schema} in this database.",
        "Ask whoever looks after the server to create it for this user, or to allow creating it.",
    ),
    "L-380": (
        "The data is on the server",
        "This shop's data is in {where}; copy {name} wasn't put back.",
        "If that server is lost, repeat with --leave-server: this computer goes on alone with its copy.",
    ),
    "T-630": (
        "Two codes for the same parcel",
        (
            "Away from the server {code} was typed for order {order}; meanwhile somebody else[[, {by},]] typed {other}."
            " {other} counts; {code} wasn't used."
        ),
        "Check the parcel; if {code} is the right one, type it again at the order.",
    ),
    "T-631": (
        "DO NOT SHIP",
        "Away from the server {code} was typed for order {order}, which was cancelled; the code wasn't used.",
        "Set the parcel aside and tell whoever looks after the orders.",
    ),
    "T-632": (
        "Order no longer there",
        "Away from the server {code} was typed for order {order}, which is no longer in the data; it wasn't used.",
        "Check the order in Plugg.to's panel.",
    ),
    "T-633": (
        "Code already sent",
        "Away from the server code {code} of order {order} was undone, but it had already been sent.",
        "To correct it, type the right code at the order.",
    ),
    "T-634": (
        "Kept on this computer",
        "Code {code} of order {order} is kept on this computer and goes up when the server is back.",
        "Nothing to do.",
    ),
}
