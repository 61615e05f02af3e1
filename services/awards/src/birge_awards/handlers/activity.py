"""Activity reports as evidence: what they say of volunteers' hours, and nothing else of them."""

from dataclasses import dataclass

from birge_awards.ports import ActivityNote, AwardsStore
from birge_common.contracts.activity import ActivityReportedV1, ActivityRetractedV1

_HUNDREDTHS = 100


@dataclass(frozen=True)
class Activity:
    """Notes hours by the volunteer's opaque reference; the highest version of a report counts."""

    store: AwardsStore

    async def on_reported(self, source: str, data: ActivityReportedV1) -> None:
        """Keep the hours that the report names volunteers for."""
        hundredths: dict[str, int] = {}
        for one in data.volunteer_hours or ():
            hours = int(one.hours * _HUNDREDTHS)
            hundredths[one.volunteer] = hundredths.get(one.volunteer, 0) + hours
        await self.store.note_activity(
            ActivityNote(f"{source}|{data.report_id}", data.version, data.period, hundredths)
        )

    async def on_retracted(self, source: str, data: ActivityRetractedV1) -> None:
        """The report vouches for nobody any more."""
        await self.store.note_activity(ActivityNote(f"{source}|{data.report_id}", data.version, ""))
