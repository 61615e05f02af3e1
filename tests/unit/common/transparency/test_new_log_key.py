"""The command that makes a log's key prints what the settings and the audit read."""

import subprocess
import sys

from birge_common.transparency.note import signer_from

COMMAND = [sys.executable, "-m", "birge_common.transparency.new_log_key"]


def test_the_halves_belong_together() -> None:
    made = subprocess.run([*COMMAND, "birge.kz/awards"], capture_output=True, text=True, check=True)
    secret, public = made.stdout.splitlines()
    signer = signer_from(secret.removeprefix("BIRGE_AWARDS__LOG_KEY="))
    assert str(signer.verifier) == public
    assert signer.name == "birge.kz/awards"


def test_a_log_needs_a_name_that_a_signed_note_can_carry() -> None:
    for arguments, said in ([], "Name the log"), (["birge awards"], "no space"):
        refused = subprocess.run(
            [*COMMAND, *arguments], capture_output=True, text=True, check=False
        )
        assert (refused.returncode, refused.stdout) == (1, "")
        assert said in refused.stderr
