"""The panel's page: the state in one line, each flow in one row, and what waits for a person."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QMenu, QPushButton, QVBoxLayout

from otimo_tray.domain.status import ALL_FLOWS, Flow, State, Status, Trouble
from otimo_tray.store.readmodels.panel import Meanwhile
from otimo_tray.sync.absence import mark_read
from otimo_tray.ui.formats import clock_time, day_start, hours_back, near_moment, number
from otimo_tray.ui.link import LinkWatch, NeedsServer, leader_words
from otimo_tray.ui.look import MARGIN, Tone
from otimo_tray.ui.page import Bench, Page
from otimo_tray.ui.panel import words
from otimo_tray.ui.panel.spark import Spark
from otimo_tray.ui.parts import Line, ToneLabel, button, heading, label, row
from otimo_tray.ui.pausing import pause, resume
from otimo_tray.ui.tray_words import flow_word, headline

HOURS = 24
TICK_MS = 10_000
"""How often "há 3 min" is looked at, only while the panel is seen."""

NUMBERS_MS = 5_000
"""How often the day's numbers are read at most."""


class Numbers(NamedTuple):
    """What a worker read."""

    per_hour: dict[str, list[int]]
    today: dict[str, int]
    oldest: str | None
    meanwhile: Meanwhile | None


_TONES = {
    State.OK: Tone.GOOD,
    State.SYNCING: None,
    State.PAUSED: Tone.WARN,
    State.AWAY: Tone.WARN,
    State.ATTENTION: Tone.BAD,
    State.SETUP: Tone.NOTE,
}


class FlowRow:
    """One flow's row: sign, name, last success, next run, today, chart, and below what is wrong."""

    def __init__(self, flow: Flow, grid: QGridLayout, line: int, page: PanelPage) -> None:
        self.flow = flow
        self.mark = ToneLabel()
        self.mark.setFixedWidth(20)
        self.name = label(flow_word(flow))
        font = self.name.font()
        font.setBold(True)
        self.name.setFont(font)
        self.when, self.next, self.today = label(), label(tone=Tone.QUIET), label()
        self.spark = Spark(page.hour_words)
        day = QCoreApplication.translate("Panel", "{flow}: últimas 24 horas")
        self.spark.setAccessibleName(day.format(flow=flow_word(flow)))
        self.trouble = label(wrap=True, tone=Tone.BAD)
        self.trouble.hide()
        for place, part in enumerate((self.mark, self.name, self.when, self.next, self.today, self.spark)):
            grid.addWidget(part, line, place)
        grid.addWidget(self.trouble, line + 1, 1, 1, 5)

    def show(self, status: Status, now: datetime, sentence: str, count: int | None) -> None:
        """Show how the flow stands."""
        flow = status.flows[self.flow]
        sign, tone = words.mark(flow)
        self.mark.setText(sign)
        self.mark.set_tone(tone)
        self.when.setText(words.when(flow, now))
        progress = words.progress(flow) if flow.running else ""
        self.next.setText(progress or words.following(flow, now, status.state is State.PAUSED))
        counted = count if count is not None else sum(flow.today.values())
        self.today.setText(words.today(self.flow, counted))
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))


class PanelPage(Page):
    """One look says whether all is well."""

    kinds = frozenset({"status", "values", "orders", "invoices", "tracking", "problems", "held", "mappings"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._today: dict[str, int] = {}
        self._wanted = False
        self._start = self.desk.clock.now()
        self.state = heading()
        self.state.setWordWrap(True)
        self.summary = label(tone=Tone.QUIET, wrap=True)
        self.sync = button(self.tr("&Sincronizar agora"), self._sync, name="sync", default=True)
        self.cancel = button(self.tr("&Cancelar"), self.desk.engine.cancel, name="cancel")
        self.pause = QPushButton(self.tr("&Pausar"))
        self.pause.setObjectName("pause")
        self._pause_menu = QMenu(self.pause)
        for minutes, title in (
            (15, self.tr("Por 15 minutos")),
            (60, self.tr("Por 1 hora")),
            (0, self.tr("Até eu retomar")),
        ):
            action = self._pause_menu.addAction(title)
            action.triggered.connect(lambda _=False, minutes=minutes: self._pause(minutes))
        self.pause.setMenu(self._pause_menu)
        self.resume = button(self.tr("&Retomar"), self._resume, name="resume")
        self._tasks = QGridLayout()
        self._tasks_title = label(self.tr("Esperam por você"), tone=Tone.QUIET)
        self._shown_tasks: list[tuple[str, str, str, bool]] | None = None
        self.rows: dict[Flow, FlowRow] = {}
        self._oldest: str | None = None
        self._meanwhile: Meanwhile | None = None
        self.away = QFrame()
        self.away.setFrameShape(QFrame.Shape.StyledPanel)
        self.away_text = label(wrap=True)
        self.understood = button(self.tr("&Entendi"), self._understood, name="absence-read")
        line = row(self.away_text, self.understood, margin=8)
        line.setContentsMargins(8, 6, 8, 6)
        line.setStretch(0, 1)
        self.away.setLayout(line)
        self.away.hide()
        self._numbers_soon = QTimer(self)
        self._numbers_soon.setSingleShot(True)
        self._numbers_soon.setInterval(NUMBERS_MS)
        self._numbers_soon.timeout.connect(self._read_again)
        self._reading = False
        self._build()
        self.needs_server = NeedsServer(bench, self, [self.sync, self.cancel, self.pause, self.resume])
        LinkWatch(bench, self).changed.connect(self._show_status)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._show_status)

    def _build(self) -> None:
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(self.state)
        told.addWidget(self.summary)
        top = QHBoxLayout()
        top.addLayout(told, 1)
        for part in (self.cancel, self.sync, self.pause, self.resume):
            top.addWidget(part)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(5, 1)
        chart = label(self.tr("últimas 24 h"), tone=Tone.QUIET)
        for place, title in enumerate((self.tr("Último sucesso"), self.tr("Próxima"), self.tr("Hoje")), 2):
            grid.addWidget(label(title, tone=Tone.QUIET), 0, place)
        grid.addWidget(chart, 0, 5)
        self.rows = {flow: FlowRow(flow, grid, 1 + 2 * place, self) for place, flow in enumerate(ALL_FLOWS)}
        self._tasks.setVerticalSpacing(4)
        self._tasks.setHorizontalSpacing(16)
        self._tasks.setColumnStretch(3, 1)
        body = QVBoxLayout()
        body.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        body.setSpacing(MARGIN)
        body.addLayout(top)
        body.addWidget(self.away)
        body.addWidget(Line())
        body.addLayout(grid)
        body.addWidget(Line())
        body.addWidget(self._tasks_title)
        body.addLayout(self._tasks)
        body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(body, 1)
        whole.addWidget(self.messages)

    def reload(self) -> None:
        """Show the status at once, then the day's numbers; those at most every few seconds, however much happens."""
        self._show_status()
        if self._reading or self._numbers_soon.isActive():
            self._wanted = True
        else:
            self._read_numbers()

    def _read_again(self) -> None:
        if self._wanted:
            self._read_numbers()

    def _read_numbers(self) -> None:
        self._wanted = False
        self._reading = True
        now, zone = self.desk.clock.now(), self.bench.zone()
        self._start = hours_back(now, HOURS)
        start, midnight = self._start, day_start(now, zone)
        panel = self.desk.reader.panel

        def read() -> Numbers:
            return Numbers(
                panel.per_hour(start, HOURS), panel.since(midnight), panel.oldest_parcel(), panel.meanwhile(now)
            )

        def failed(error: Exception) -> None:
            self._reading = False
            self.failed(error)

        self.work.run(self, read, self._show_numbers, failed)

    def hour_words(self, place: int, count: int) -> str:
        """Say one bar of the charts."""
        begin = self._start + timedelta(hours=place)
        return self.tr("{from_}–{to}: {count}").format(
            from_=clock_time(begin, self.bench.zone()),
            to=clock_time(begin + timedelta(hours=1), self.bench.zone()),
            count=number(count),
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Keep the times fresh while seen."""
        super().showEvent(event)
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self._tick.stop()
        self._numbers_soon.stop()

    def _show_numbers(self, numbers: Numbers) -> None:
        self._reading = False
        self._today, self._oldest, self._meanwhile = numbers.today, numbers.oldest, numbers.meanwhile
        for flow, line in self.rows.items():
            line.spark.set_values(numbers.per_hour[flow.value])
        if numbers.meanwhile is not None:
            now, zone = self.desk.clock.now(), self.bench.zone()
            self.away_text.setText(words.meanwhile(numbers.meanwhile, now, zone))
        self.away.setVisible(numbers.meanwhile is not None)
        self._show_status()
        if self.isVisible():
            self._numbers_soon.start()

    def _understood(self) -> None:
        if self._meanwhile is None:
            return
        absence, facts = self._meanwhile.absence, self.desk.storage.facts
        self.away.hide()
        self.work.save(self, lambda: mark_read(facts, absence), None, self.failed)

    def _show_status(self) -> None:
        status, now = self.desk.engine.status(), self.desk.clock.now()
        away = self.desk.link.away_since
        if away is not None:
            # What the leader last said may be long past: that nobody is heard of comes first.
            told = self.tr("Sem contato com o servidor desde {time}")
            self.state.setText(told.format(time=near_moment(away, now, self.bench.zone())))
        else:
            self.state.setText(headline(status, self._sentence, self.bench.zone()))
        if isinstance(self.state, ToneLabel):
            self.state.set_tone(_TONES[status.state] if away is None else Tone.WARN)
        leader = leader_words(self.desk.link)
        self.summary.setText(
            " · ".join(part for part in (words.summary(status, now, self.bench.zone()), leader) if part)
        )
        self.summary.setVisible(bool(self.summary.text()))
        running = any(flow.running for flow in status.flows.values())
        paused = status.state is State.PAUSED
        self.sync.setEnabled(not running and status.state is not State.SETUP)
        self.cancel.setVisible(running)
        self.pause.setVisible(not paused)
        self.resume.setVisible(paused)
        for flow, line in self.rows.items():
            trouble = status.flows[flow].trouble
            line.show(status, now, self._sentence(trouble) if trouble else "", self._today.get(flow.value))
        tasks = [
            (text + words.oldest(self._oldest, now) if place == "tracking:" else text, do, place, urgent)
            for text, do, place, urgent in words.tasks(status.waiting)
        ]
        self._show_tasks(tasks, status)

    def _show_tasks(self, tasks: list[tuple[str, str, str, bool]], status: Status) -> None:
        if status.state is State.SETUP:
            tasks = [
                (
                    self.tr("Informe as credenciais do Plugg.to e a conexão com o ERP"),
                    self.tr("Abrir Ajustes"),
                    "settings:",
                    False,
                )
            ]
        if tasks == self._shown_tasks:
            return
        self._shown_tasks = tasks
        while (item := self._tasks.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._tasks_title.setVisible(bool(tasks))
        for line, (text, do, place, urgent) in enumerate(tasks):
            page, _, what = place.partition(":")
            sign = label("▲" if urgent else "●", tone=Tone.BAD if urgent else Tone.NOTE)
            sign.setFixedWidth(20)
            go = button(do, lambda page=page, what=what: self.go.emit(page, what), name=f"task-{place}")
            for column, part in enumerate((sign, label(text), go)):
                self._tasks.addWidget(part, line, column)

    def _sentence(self, trouble: Trouble) -> str:
        return self.desk.sentence(trouble.code, trouble.params)

    def _sync(self) -> None:
        self.desk.engine.sync_now()

    def _pause(self, minutes: int) -> None:
        pause(self.desk, self.work, self, minutes or None)
        self._show_status()

    def _resume(self) -> None:
        resume(self.desk, self.work, self)
        self._show_status()
