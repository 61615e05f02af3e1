"""The keys of the partners that this stack plays, kept where only their owner can read them."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict

from birge_stack.errors import StackError
from birge_stack.home import Home
from birge_stack.partner import is_accepted, wait_until_accepted
from birge_stack.ports import LOOPBACK
from birge_stack.services import program, service_environment
from birge_stack.settings import Ports
from birge_stack.year2022.partners import PartnerPlan

OPERATIONS = PartnerPlan("operations", ("urn:birge:operations",), None, None)

Keys = Mapping[str, str]


class PartnerBook:
    """Names and keys in `partners.json` of a home."""

    def __init__(self, home: Home) -> None:
        self._path = home.root / "partners.json"

    def read(self) -> dict[str, str]:
        """The keys by partner; none where there is no file."""
        try:
            kept = json.loads(self._path.read_text("utf-8"))
            return {str(name): str(key) for name, key in kept.items()}
        except FileNotFoundError:
            return {}
        except (ValueError, AttributeError) as error:
            raise StackError(f"{self._path} is damaged; remove it to get new keys") from error

    def write(self, keys: Keys) -> None:
        """Replace the file whole; nobody else can read it at any moment."""
        draft = self._path.with_name(f".partners-{os.getpid()}.json")
        with suppress(FileNotFoundError):
            draft.unlink()
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(dict(keys), file, indent=2)
        os.replace(draft, self._path)


def ensure_keys(
    book: PartnerBook,
    plans: Sequence[PartnerPlan],
    home: Home,
    ports: Ports,
    *,
    registered: Callable[[], None] = lambda: None,
) -> Keys:
    """A key that every API accepts for each plan, made where there is none or it is unknown.

    `registered` is called once a plan. A key is kept as soon as it is made: it is shown once.
    """
    keys = book.read()
    wanted = [plan for plan in plans if not _is_known(keys.get(plan.name), ports)]
    for _ in range(len(plans) - len(wanted)):
        registered()
    for plan, key in zip(wanted, _new_keys(wanted, home, ports), strict=True):
        keys[plan.name] = key
        book.write(keys)
        registered()
    for plan in wanted:
        wait_until_accepted(keys[plan.name], ports)
    return {plan.name: keys[plan.name] for plan in plans}


def _new_keys(plans: Sequence[PartnerPlan], home: Home, ports: Ports) -> Iterator[str]:
    """The keys that the door's own program makes, each as soon as it is printed."""
    if not plans:
        return
    with subprocess.Popen(
        (program("birge-ingest"), "partner", "add-all"),
        env={**os.environ, **service_environment(home, ports, "ingest", sample_ratio=0.0)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as making:
        assert making.stdin is not None
        assert making.stdout is not None
        assert making.stderr is not None
        making.stdin.writelines(line_of(plan) for plan in plans)
        making.stdin.close()
        yield from (line.strip() for line in making.stdout)
        said = making.stderr.read().strip()
    if making.returncode != 0:
        raise StackError(f"birge-ingest partner add-all failed: {said}")


def _is_known(key: str | None, ports: Ports) -> bool:
    """Whether the door knows the key: after a reset an old one is worth nothing."""
    address = f"http://{LOOPBACK}:{ports.ingest}/v1/quarantine"
    return key is not None and is_accepted(address, key)


def line_of(plan: PartnerPlan) -> str:
    """A plan as the door's program reads it."""
    return json.dumps(asdict(plan)) + "\n"
