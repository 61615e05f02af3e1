"""Sealing keys are changed and destroyed by a command that asks Kafka what is still unread."""

import asyncio
import os
import subprocess
import sys
from dataclasses import replace

import pytest

from birge_awards.domain.cycle.cycle import Stage
from birge_awards.ports import Change, Kept
from birge_awards.stores.mongo import MongoAwardsStore
from birge_awards.unread import unread_nominations
from birge_common.security.sealing import OpeningKeys, SealingKey
from tests.support.awards_house import AT
from tests.support.awards_process import CYCLE, AwardsProcess
from tests.support.door import PRIVATE_HALF
from tests.support.eventually import eventually
from tests.support.nominations import nomination

pytestmark = pytest.mark.integration


def command(
    awards: AwardsProcess, private_keys: str, *arguments: str
) -> subprocess.CompletedProcess[str]:
    """`birge-awards` as an operator runs it."""
    return subprocess.run(
        (sys.executable, "-m", "birge_awards", *arguments),
        env={
            **os.environ,
            "BIRGE_KAFKA__BOOTSTRAP_SERVERS": awards.stack.kafka_bootstrap,
            "BIRGE_MONGO__URI": awards.stack.mongo_uri,
            "BIRGE_MONGO__DATABASE": awards.database,
            "BIRGE_SEALING__PRIVATE_KEYS": private_keys,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def settings(text: str) -> dict[str, str]:
    return dict(line.split("=", 1) for line in text.splitlines())


async def close_cycle(store: MongoAwardsStore) -> None:
    held = await store.cycle(CYCLE)
    assert held is not None
    closed = Kept(replace(held.value, stage=Stage.CLOSED), held.revision)
    await store.keep(Change((closed,)), now=AT)


def unread(awards: AwardsProcess) -> int:
    return asyncio.run(unread_nominations(awards.stack.kafka_bootstrap))


def test_a_key_ends_once_everything_is_read_and_its_cycle_is_closed(awards: AwardsProcess) -> None:
    old = PRIVATE_HALF.partition(":")[0]
    made = settings(command(awards, PRIVATE_HALF, "rotate-sealing-key", "next").stdout)
    both = made["BIRGE_SEALING__PRIVATE_KEYS"]
    new = SealingKey.parse(made["BIRGE_SEALING__PUBLIC_KEY"])
    assert OpeningKeys.parse(both).open(new.seal(b"x")) == b"x"
    assert OpeningKeys.parse(both).key_ids == {old, "next"}

    awards.sends([nomination(f"n-{number}", source=awards.source) for number in range(3)])
    assert unread(awards) >= 3
    too_early = command(awards, both, "destroy-sealing-keys")
    assert (too_early.returncode, too_early.stdout) == (1, "")
    assert "are not read yet" in too_early.stderr

    awards.spawns()
    awards.wait_done()
    eventually(lambda: unread(awards) == 0, within_seconds=30, what="the worker's positions")
    running = command(awards, both, "destroy-sealing-keys")
    assert settings(running.stdout) == {"BIRGE_SEALING__PRIVATE_KEYS": both}
    assert "every key is still needed" in running.stderr

    awards.over_store(close_cycle)
    done = command(awards, both, "destroy-sealing-keys")
    assert OpeningKeys.parse(settings(done.stdout)["BIRGE_SEALING__PRIVATE_KEYS"]).key_ids == {
        "next"
    }
    assert f"left out: {old}" in done.stderr
    again = command(awards, both, "rotate-sealing-key", old)
    assert (again.returncode, again.stdout) == (1, "")
