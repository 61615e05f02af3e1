"""An edition step by step: errors explained, figures frozen, checked, approved by another, out."""

import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx

from birge_common.access.people import Role
from birge_stack.demo.edition.words import COMMENTARY, RECOMMENDATIONS, explanation_of
from birge_stack.demo.people import Visitor, several_joined
from birge_stack.errors import StackError
from birge_stack.verify.statistics_api import StatisticsApi

DONE_WITHIN_SECONDS = 240.0
PAUSE_SECONDS = 0.5
TIMEOUT_SECONDS = 30.0

Finding = Mapping[str, Any]


@dataclass(frozen=True)
class Editing:
    """The demo's editors: where the services are, and the key of the office that explains."""

    sign_in_url: str
    site_url: str
    ingest_url: str
    key: str
    source: str
    remark: Callable[[str], None]

    def run(self, administrator: Visitor, api: StatisticsApi, period: str) -> Mapping[str, Any]:
        """From live figures to an edition that is out, as everybody reads it. Raises StackError."""
        [editor] = several_joined(administrator, self.sign_in_url, ["Редактор"], Role.EDITOR)
        [approver] = several_joined(administrator, self.sign_in_url, ["Басшы"], Role.APPROVER)
        self._explain(api, period)
        draft = editor.does(self._desk(), {"period": period})["id"]
        self._write(editor, draft)
        self._wait(editor, draft, lambda one: bool(one["is_frozen"]), "frozen")
        editor.does(self._desk(f"/{draft}/check"))
        approver.does(self._desk(f"/{draft}/approve"), {})
        self.remark(f"{draft}: checked by one, approved by another; its files are being made")
        self._wait(approver, draft, lambda one: one["state"] == "published", "published")
        return dict(_read(f"{self.site_url}/v1/publications/{draft}"))

    def _desk(self, path: str = "") -> str:
        return f"{self.site_url}/v1/desk/publications{path}"

    def _explain(self, api: StatisticsApi, period: str) -> None:
        """Errors keep an edition back until whoever answers for them has said why."""
        open_ = self._open_errors(api, period)
        if not open_:
            return
        answer = httpx.post(
            f"{self.ingest_url}/v1/events",
            json=[_explanation(self.source, one) for one in open_],
            headers={
                "Authorization": f"Bearer {self.key}",
                "Content-Type": "application/cloudevents-batch+json",
            },
            timeout=TIMEOUT_SECONDS,
            trust_env=False,
        )
        if answer.status_code != httpx.codes.ACCEPTED:
            raise StackError(f"explanations were answered {answer.status_code}: {answer.text}")
        deadline_at = time.monotonic() + DONE_WITHIN_SECONDS
        while self._open_errors(api, period):
            if time.monotonic() > deadline_at:
                raise StackError("explained findings are still open")
            time.sleep(PAUSE_SECONDS)
        self.remark(f"{len(open_)} errors of {period} kept it back until they were explained")

    def _open_errors(self, api: StatisticsApi, period: str) -> Sequence[Finding]:
        rows = api.table("quality", {"period": period})["rows"]
        return [one for one in rows if (one["importance"], one["state"]) == ("error", "open")]

    def _write(self, editor: Visitor, draft: str) -> None:
        for region, texts in COMMENTARY.items():
            editor.does(self._desk(f"/{draft}/commentary/{region}"), texts, method="PUT")
        said = {"recommendations": RECOMMENDATIONS}
        editor.does(self._desk(f"/{draft}/recommendations"), said, method="PUT")

    def _wait(
        self, who: Visitor, draft: str, is_done: Callable[[Mapping[str, Any]], bool], what: str
    ) -> None:
        deadline_at = time.monotonic() + DONE_WITHIN_SECONDS
        while not is_done(one := who.reads(self._desk(f"/{draft}"))):
            if time.monotonic() > deadline_at:
                raise StackError(f"{draft} is not {what} yet: {one['progress']}")
            time.sleep(PAUSE_SECONDS)
        self.remark(f"{draft}: {what}")


def edition_of(site_url: str, period: str) -> Mapping[str, Any] | None:
    """The period's edition that is out and not replaced, as everybody reads it."""
    listed = _read(f"{site_url}/v1/publications")["publications"]
    return next(
        (one for one in listed if one["period"] == period and not one["superseded_by"]), None
    )


def _read(address: str) -> Any:
    answer = httpx.get(address, timeout=TIMEOUT_SECONDS, trust_env=False)
    return answer.raise_for_status().json()


def _explanation(source: str, finding: Finding) -> dict[str, Any]:
    reason, text = explanation_of(finding)
    return {
        "specversion": "1.0",
        "id": str(uuid.uuid4()),
        "source": source,
        "type": "kz.birge.finding.explained.v1",
        "subject": finding["finding"],
        "time": datetime.now(UTC).isoformat(),
        "data": {
            "finding": finding["finding"],
            "region": finding["region"] or "KZ",
            "version": 1,
            "reason": reason,
            "text": text,
        },
    }
