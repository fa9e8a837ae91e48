"""Sentences about the ERP's database: E-215, E-22x, E-244, E-26x, E-29x."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, ...]]] = {
    "E-215": (
        "ERP busy",
        "The ERP's database has {place} locked or no connection free.",
        "The program tries again by itself; if it goes on, see who keeps the table locked.",
    ),
    "E-222": (
        "The database's certificate",
        "No secure connection with the database at {host} could be made: {reason}.",
        "Check the file of ssl_ca or sslrootcert in the address, and that the server has the name in its certificate.",
    ),
    "E-227": (
        "Query not accepted",
        "The query {view} can't be used: {reason}[[ ({word})]].",
        "Write a single SELECT that only reads.",
    ),
    "E-228": (
        "Column of another type",
        "In {view} the column {column} gives {found}, {expected} is expected.",
        "Correct the view or the query in the database.",
    ),
    "E-229": (
        "The database refused",
        "The ERP's database refused the statement on {view}: {detail}.",
        "Correct the view, the table or the query; the contract is in resources/erp.",
    ),
    "E-244": (
        "Order doesn't fit the ERP",
        "The ERP's database didn't accept order {order}: {detail}.",
        "Check the lengths of otimo_pedidos' columns and click Try again.",
    ),
    "E-260": (
        "Server not found",
        "There is no server called {host}.",
        "Check the database server's name or IP in Settings → ERP, and the network.",
    ),
    "E-261": (
        "Port closed",
        "The server {host} takes no connections on port {port}.",
        "Check the port, whether the database service runs, and whether the firewall lets it through.",
    ),
    "E-262": (
        "ERP doesn't answer",
        "The ERP's database didn't answer within {seconds} s[[ ({place})]].",
        "The program tries again by itself; if it goes on, make an index for the view or raise erp.timeout_s.",
    ),
    "E-263": (
        "Database user or password",
        "The database at {host} didn't accept the user {user} or the password.",
        "Type user and password again in Settings → ERP.",
    ),
    "E-264": (
        "No such database",
        "The server {host} has no database {database}.",
        "Check the name, or for Firebird the file's path on the server or its alias.",
    ),
    "E-265": (
        "A view or table is missing",
        "The ERP's database has no {view}.",
        "Run the file of resources/erp that is for your database, or check which schema it is in.",
    ),
    "E-266": (
        "A column is missing",
        "In {view} the column {missing} is missing or comes twice[[; it has: {found}]].",
        "Correct the view or the query: the names are in resources/erp.",
    ),
    "E-267": (
        "A permission is missing",
        "The database user has no permission to {right} on {view}.",
        "Grant it with the GRANT at the end of the file in resources/erp.",
    ),
    "E-268": (
        "Character set",
        "The texts of {view} aren't in the connection's character set.",
        "For Firebird add ?charset=WIN1252 to the address; for others check the tables' encoding.",
    ),
    "E-269": (
        "The database's driver is missing",
        "This program was built without the driver {driver}[[ ({reason})]].",
        "Install the program again; with an installation by pip, install the package.",
    ),
    "E-292": (
        "Code repeated in the database",
        (
            "The view or query {source} gives codes more than once ({count}): {codes}. Nothing of it was "
            "used, since it can't be told which row counts."
        ),
        "Correct the view: one row for each product code.",
    ),
    "E-293": (
        "Row without a code in the database",
        "The view or query {source} gives a row without a product code (row {row}). Nothing of it was used.",
        "Correct the view, or leave those rows out with WHERE.",
    ),
}
