"""The one tree of exceptions, written for people.

Every error carries a short `code` that can be read out on the phone and `params`; `otimo_tray.words` turns both into a
sentence in the shop's language (title, what happened, what to do). Foreign exceptions are converted at one border per
adapter (`pluggto/session.py`, `erp/*`, `store/*`, `desktop/*`), never deeper in the program.

    OtimoError
    ├── EnvironmentFault        heals by itself; a status, retried at the next run, never a crash report
    │   ├── HubAway             P-110..P-119   no network, time-out, 5xx, answer that isn't the hub's
    │   │                       P-103          another PC seems to use the same credentials: a person should look
    │   │   └── HubBusy         P-120          429; `retry_after` seconds are honoured, capped by us
    │   ├── ErpAway             E-210..E-219   folder or server not reachable, file locked, time-out
    │   ├── StoreAway           L-310..        disk full, locked; of a shared state's server L-330 to L-339
    │   ├── LeaseLost           L-350..L-359   another desk leads now; what this one was about to do is its matter
    │   └── KeyringAway         C-430          the OS keyring can't be read *now* (not the same as "no secret")
    ├── PersonNeeded            nothing moves until somebody acts; shown with the place where to act
    │   ├── HubRefusedLogin     P-101
    │   ├── ConfigurationError  C-4xx          settings, set-up file, missing secrets, no keyring at all
    │   ├── ErpMisconfigured    E-22x          wrong column, missing view, no right to write; of a database E-26x, of an
    │   │                                      HTTP API E-27x to E-291, where the first of each are ErpAway
    │   └── AlreadyRunning      C-450          another instance holds the profile's lock
    ├── ItemError               one item is wrong; it lands in *Problemas*, the others go on
    │   ├── RowRefused          E-23x          one row of stock/price or of an invoice file
    │   ├── HubRefusedItem      P-13x          the hub answered no for this item (4xx); raw answer attached
    │   │   ├── HubUnchanged    P-131          400 `not_updated`: the body changed nothing; look before you judge
    │   │   └── HubNotFound     P-132          404
    │   └── ErpRefusedOrder     E-24x          the ERP said no to this order
    ├── ReadRefused             E-25x          a whole ERP read (half written, older than the last, wrong header); of a
    │                                          database E-292, E-293
    ├── StoreDamaged            L-32x          state database can't be trusted
    └── UpdateRefused           L-34x          a newer version that must not be installed (`desktop.updates`)
"""

from __future__ import annotations


class OtimoError(Exception):
    """Base of all errors we raise on purpose.

    Attributes:
        code: short code such as ``P-101``; key into the catalogue of words.
        params: values for the sentence; never secrets, never unmasked personal data.
        raw: the other side's raw answer, already redacted, for the details view; may be empty.
    """

    default_code = "X-000"

    def __init__(self, code: str | None = None, /, *, raw: str = "", **params: object) -> None:
        self.code = code or self.default_code
        self.params: dict[str, object] = params
        self.raw = raw
        super().__init__(self.code, params)

    def __str__(self) -> str:
        details = ", ".join(f"{key}={value}" for key, value in self.params.items())
        return f"{self.code} {details}".strip()


class EnvironmentFault(OtimoError):
    """Something around us is away; it heals by itself and is tried again."""


class HubAway(EnvironmentFault):
    """Plugg.to gave no usable answer (network, DNS, TLS, time-out, 5xx, HTML instead of JSON)."""

    default_code = "P-110"

    def __init__(self, code: str | None = None, /, *, raw: str = "", after_send: bool = True, **params: object) -> None:
        """`after_send` tells whether the request may have had its effect (False: it surely never left)."""
        super().__init__(code, raw=raw, **params)
        self.after_send = after_send


class HubBusy(HubAway):
    """The hub asked us to slow down (429). `retry_after` is in seconds, None when it didn't say."""

    default_code = "P-120"

    def __init__(self, *, retry_after: float | None = None, raw: str = "") -> None:
        super().__init__(raw=raw, after_send=False, retry_after=retry_after)
        self.retry_after = retry_after


class ErpAway(EnvironmentFault):
    """The ERP's folder, database or server can't be reached now."""

    default_code = "E-210"


class StoreAway(EnvironmentFault):
    """The state database can't be written now (disk full, locked)."""

    default_code = "L-310"
    UNREACHED = ("L-330", "L-331", "L-336", "L-337", "L-338")
    """A shared state's server didn't answer; its other codes are answers that a person must act upon."""

    @property
    def is_unreached(self) -> bool:
        """Whether the server didn't answer."""
        return self.code in self.UNREACHED


class LeaseLost(EnvironmentFault):
    """This desk doesn't lead the shop (any more): what it was about to send or record is refused. `number`: its lease.

    It ends a run without a trace: nothing failed, and what is in doubt is looked up by the desk that leads now.
    """

    default_code = "L-350"


class KeyringAway(EnvironmentFault):
    """The OS keyring exists but can't be read or written now (locked, prompt dismissed)."""

    default_code = "C-430"


class PersonNeeded(OtimoError):
    """Nothing moves until a person acts."""


class HubRefusedLogin(PersonNeeded):
    """Plugg.to didn't accept the credentials."""

    default_code = "P-101"


class ConfigurationError(PersonNeeded):
    """Settings, set-up file or secrets are missing or wrong."""

    default_code = "C-400"


class ErpMisconfigured(PersonNeeded):
    """The ERP answers, but its columns, views or rights aren't what the contract says."""

    default_code = "E-220"


class AlreadyRunning(PersonNeeded):
    """Another instance holds this profile's lock."""

    default_code = "C-450"


class ItemError(OtimoError):
    """One item is wrong; it never stops the others."""


class RowRefused(ItemError):
    """One row of the ERP's data can't be used; `params` name the row, the field and the value."""

    default_code = "E-230"


class HubRefusedItem(ItemError):
    """The hub said no to this one item (any 4xx that isn't login, 404, 429 or `not_updated`)."""

    default_code = "P-130"


class HubUnchanged(HubRefusedItem):
    """400 `not_updated`: the hub found nothing to change. After a lost answer this may mean success."""

    default_code = "P-131"


class HubNotFound(HubRefusedItem):
    """404 `not_found`."""

    default_code = "P-132"


class ErpRefusedOrder(ItemError):
    """The ERP refused this order."""

    default_code = "E-240"


class ReadRefused(OtimoError):
    """A whole ERP read was refused: half written, wrong header, ambiguous numbers, older than the last."""

    default_code = "E-250"


class StoreDamaged(OtimoError):
    """The state database fails its own checks or is newer than this program."""

    default_code = "L-320"
