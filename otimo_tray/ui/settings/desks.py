"""*Vários computadores*: where this shop's state lies, what this PC is called, and the way to a server and back."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFormLayout, QLineEdit, QVBoxLayout, QWidget
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from otimo_tray.domain.settings import StateSettings
from otimo_tray.ports import CheckResult
from otimo_tray.ui.look import Tone
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import ToneLabel, button, label, row
from otimo_tray.ui.settings.moving import MoveDialog
from otimo_tray.words import phrase

PORT = "5432"
SECRET = "state.password"  # noqa: S105 - its name in the keyring


class DesksPart(QWidget):
    """The form. Nothing of it counts before the connection was tested and the person chose what to do with the shop.

    Signals:
        changed: settings were changed here.
        restart_asked: the state is somewhere else now.
    """

    changed = Signal()
    restart_asked = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._mover = bench.desk.mover
        self.where = label(wrap=True)
        self.desk = _box("desk-name", self.tr("Nome deste computador"))
        self.desk.setPlaceholderText(self.tr("ex.: Balcão 1"))
        self.keep_name = button(self.tr("Salvar o nome"), self._save_name, name="save-desk-name")
        self.host = _box("state-host", self.tr("Servidor"))
        self.port = _box("state-port", self.tr("Porta"))
        self.port.setMaximumWidth(90)
        self.database = _box("state-database", self.tr("Banco de dados"))
        self.user = _box("state-user", self.tr("Usuário"))
        self.password = _box("state-password", self.tr("Senha"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.schema = _box("state-schema", self.tr("Esquema da loja"))
        self.schema.setToolTip(self.tr("Cada loja tem o seu esquema no banco. Letras minúsculas, números e _."))
        self.ca_file = _box("state-ca", self.tr("Certificado (CA)"))
        self.ca_file.setPlaceholderText(self.tr("vazio: os certificados do sistema"))
        self.choose_ca = button(self.tr("Escolher…"), self._choose_ca, name="choose-ca")
        self.try_ = button(self.tr("Testar conexão"), self.test, name="test-state")
        self.move_there = button(self.tr("Levar ao servidor…"), self._move_there, name="move-there")
        self.join = button(self.tr("Entrar nesta loja…"), self._ask_to_join, name="join")
        self.move_back = button(self.tr("Trazer de volta…"), self._move_back, name="move-back")
        self.said = label(wrap=True, select=True)
        self._tested: tuple[StateSettings, bool] | None = None
        """What was tested well, and whether a shop lies there."""
        self._lay_out()
        for box in (self.host, self.port, self.database, self.user, self.password, self.schema, self.ca_file):
            box.textChanged.connect(self._edited)
        self.desk.textChanged.connect(self._enable)
        self.show_settings()

    def _lay_out(self) -> None:
        self.form = QFormLayout()
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.form.addRow(self.tr("Nome deste computador"), _line(self.desk, self.keep_name))
        self.form.addRow(self.tr("Servidor"), _line(self.host, label(self.tr("Porta")), self.port))
        self.form.addRow(self.tr("Banco de dados"), self.database)
        self.form.addRow(self.tr("Usuário"), self.user)
        self.form.addRow(self.tr("Senha"), self.password)
        self.form.addRow(self.tr("Esquema da loja"), self.schema)
        self.form.addRow(self.tr("Certificado (CA)"), _line(self.ca_file, self.choose_ca))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.where)
        layout.addLayout(self.form)
        layout.addLayout(row(self.try_, self.move_there, self.join, self.move_back, None))
        layout.addWidget(self.said)

    # --- showing ------------------------------------------------------------------------------------------------------

    def show_settings(self) -> None:
        """Show what is kept."""
        state = self._bench.desk.settings().state
        shared = state.kind == "postgresql"
        if shared:
            place = self.tr("Os dados desta loja estão no servidor {host}, esquema {schema}.")
            self.where.setText(place.format(host=_parts(state.address)[0], schema=state.schema))
        else:
            self.where.setText(
                self.tr(
                    "Os dados desta loja estão neste computador. Para que mais de um trabalhe ao mesmo tempo, eles "
                    "ficam num servidor PostgreSQL: veja o capítulo “Vários computadores” do guia (F1)."
                )
            )
        host, port, database, user = _parts(state.address)
        for box, text in (
            (self.desk, state.desk),
            (self.host, host),
            (self.port, port),
            (self.database, database),
            (self.user, user),
            (self.schema, state.schema),
            (self.ca_file, state.ca_file),
        ):
            box.setText(text)
        self.password.setPlaceholderText(self.tr("•••••••• guardada") if shared else "")
        for part in (self.host, self.port, self.database, self.user, self.schema):
            part.setReadOnly(shared)
        self.move_back.setVisible(shared)
        self._enable()

    def state(self) -> StateSettings:
        """Return what the form says, as a state on a server."""
        address = URL.create(
            "postgresql",
            self.user.text().strip() or None,
            None,
            self.host.text().strip() or None,
            int(self.port.text()) if self.port.text().isdigit() else None,
            self.database.text().strip() or None,
        )
        return StateSettings(
            "postgresql",
            address.render_as_string(),
            self.schema.text().strip(),
            self.desk.text().strip(),
            self.ca_file.text().strip(),
        )

    def _edited(self) -> None:
        self._tested = None
        self._enable()

    def _enable(self) -> None:
        shared = self._bench.desk.settings().state.kind == "postgresql"
        whole = all(box.text().strip() for box in (self.host, self.database, self.user, self.schema))
        fine, there = self._tested is not None, self._tested is not None and self._tested[1]
        self.try_.setEnabled(self._mover is not None and whole)
        self.move_there.setVisible(not shared and not there)
        self.move_there.setEnabled(fine)
        self.join.setVisible(not shared and there)
        self.keep_name.setEnabled(self.desk.text().strip() != self._bench.desk.settings().state.desk)

    def _say(self, text: str, tone: Tone | None = None) -> None:
        self.said.setText(text)
        if isinstance(self.said, ToneLabel):
            self.said.set_tone(tone)

    def _failed(self, error: Exception) -> None:
        self._enable()
        self._say("▲ " + self._bench.desk.error_sentence(error), Tone.BAD)

    # --- doing --------------------------------------------------------------------------------------------------------

    def test(self) -> None:
        """Connect and say line by line what is right and what isn't."""
        mover = self._mover
        if mover is None or not self.try_.isEnabled():
            return
        state, typed, secrets = self.state(), self.password.text(), self._bench.desk.secrets
        shared = self._bench.desk.settings().state.kind == "postgresql"
        self.try_.setEnabled(False)
        self._say(self.tr("Conectando…"))

        def check() -> tuple[list[CheckResult], bool]:
            password = typed or secrets.get(SECRET) or ""
            results = mover.check(state, password)
            fine = all(result.error is None for result in results)
            if fine and shared:
                self._keep(state, typed)
            return results, fine and mover.holds_shop(state, password)

        self._bench.work.run(self, check, lambda found: self._checked(state, typed, *found), self._failed)

    def _checked(self, state: StateSettings, typed: str, results: list[CheckResult], there: bool) -> None:
        if (state, typed) != (self.state(), self.password.text()):
            self._edited()  # something else was typed meanwhile
            self._say("")
            return
        language = self._bench.desk.settings().shop.language
        lines: list[str] = []
        for result in results:
            name = phrase(f"check.{result.name}", None, language)
            if result.error is None:
                lines.append(f"✓ {name}" + (f": {result.detail}" if result.detail else ""))
            else:
                lines.append("▲ " + self._bench.desk.error_sentence(result.error))
        wrong = any(result.error is not None for result in results)
        if not wrong:
            self._tested = (state, there)
            if self._bench.desk.settings().state.kind == "sqlite":
                lines.append(self._next_words(there))
        self._say("\n".join(lines), Tone.BAD if wrong else Tone.GOOD)
        self._enable()

    def _keep(self, state: StateSettings, typed: str) -> None:
        """A shared shop's new password or certificate, once it was found right; they count from the next start."""
        desk = self._bench.desk
        if typed:
            desk.secrets.set(SECRET, typed)
        settings = desk.settings()
        if settings.state.ca_file != state.ca_file:
            desk.save_settings(replace(settings, state=replace(settings.state, ca_file=state.ca_file)))

    def _next_words(self, there: bool) -> str:
        if there:
            return self.tr(
                "Neste esquema já há uma loja. Este computador pode entrar nela; nada é levado daqui, e o arquivo "
                "deste computador fica guardado ao lado."
            )
        return self.tr("O esquema está vazio: os dados desta loja podem ser levados para lá.")

    def _save_name(self) -> None:
        desk, name = self._bench.desk, self.desk.text().strip()

        def save() -> None:
            settings = desk.settings()
            desk.save_settings(replace(settings, state=replace(settings.state, desk=name)))

        def done(_none: None) -> None:
            self._enable()
            self._say(self.tr("✓ Nome salvo. Ele aparece em “Quem fez o quê”."), Tone.GOOD)
            self.changed.emit()

        self._bench.work.save(self, save, done, self._failed)

    def _move_there(self) -> None:
        if self._tested is not None:
            self._open_dialog(self._tested[0])

    def _move_back(self) -> None:
        kept = self._bench.desk.settings().state
        self._open_dialog(replace(kept, kind="sqlite"))

    def _open_dialog(self, state: StateSettings, *, join: bool = False) -> MoveDialog:
        dialog = MoveDialog(self, self._bench, state, self.password.text(), join=join)
        dialog.restart_asked.connect(self.restart_asked)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _ask_to_join(self) -> None:
        if self._tested is not None:
            self._open_dialog(self._tested[0], join=True)

    def _choose_ca(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Certificado (CA)"), "", self.tr("Certificados (*.crt *.pem *.cer);;Todos (*)")
        )
        if chosen:
            self.ca_file.setText(chosen)


def _box(name: str, title: str) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(name)
    made.setAccessibleName(title)
    return made


def _line(*parts: QWidget) -> QWidget:
    made = QWidget()
    made.setLayout(row(*parts))
    return made


def _parts(address: str) -> tuple[str, str, str, str]:
    """Host, port, database and user of an address; what isn't one leaves them empty."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        return "", PORT, "", ""
    return url.host or "", str(url.port or PORT), url.database or "", url.username or ""
