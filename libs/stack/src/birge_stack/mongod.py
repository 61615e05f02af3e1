"""MongoDB as a replica set of one, because transactions and change streams need a replica set."""

import subprocess
from importlib import resources
from pathlib import Path
from typing import Any

from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from birge_stack.errors import StackError
from birge_stack.home import Home
from birge_stack.part import NotReady, Part
from birge_stack.ports import LOOPBACK

REPLICA_SET = "rs0"
NOT_YET_INITIALIZED = 94
PROBE_TIMEOUT_MS = 2000
DEBIAN_PACKAGES = {
    "libcurl.so.4": "libcurl4",
    "libcrypto.so.3": "libssl3",
    "libssl.so.3": "libssl3",
    "liblzma.so.5": "liblzma5",
}


def mongod_part(home: Home, *, port: int, test_commands: bool = False) -> Part:
    """The database server of a home; `test_commands` allows fail points, for fault tests only."""
    executable = find_mongod()
    data = home.data / "mongo"
    parameters = [
        # A killed writer's open transaction must not hold its documents for a minute.
        "transactionLifetimeLimitSeconds=5",
        "diagnosticDataCollectionEnabled=false",
        # Freed memory goes back to the system: the stack promises less than 300 MB a process.
        "tcmallocAggressiveMemoryDecommit=1",
        *(["enableTestCommands=1"] if test_commands else []),
    ]

    def prepare() -> None:
        check_runs(executable)
        data.mkdir(parents=True, exist_ok=True)

    return Part(
        name="mongo",
        argv=(
            *(str(executable), "--replSet", REPLICA_SET, "--dbpath", str(data)),
            *("--bind_ip", LOOPBACK, "--port", str(port), "--nounixsocket"),
            # The option for the cache's size goes no lower than 256 MB; the engine itself does.
            *("--wiredTigerEngineConfigString", "cache_size=112M", "--oplogSize", "512"),
            *(argument for each in parameters for argument in ("--setParameter", each)),
        ),
        url=f"mongodb://{LOOPBACK}:{port}/?replicaSet={REPLICA_SET}",
        probe=lambda: probe_mongod(f"{LOOPBACK}:{port}"),
        prepare=prepare,
        stop_within_seconds=30,
    )


def find_mongod() -> Path:
    """The server of the installed wheel."""
    executable = Path(str(resources.files("fiftyone") / "db" / "bin" / "mongod"))
    if not executable.exists():
        raise StackError(f"no mongod at {executable}: its wheel does not fit this system")
    return executable


def check_runs(executable: Path) -> None:
    """Run the server once for its version, and name the library it misses if it does not start."""
    try:
        asked = subprocess.run(
            [executable, "--version"], capture_output=True, text=True, timeout=60, check=False
        )
    except OSError as error:
        raise StackError(f"{executable} does not run on this system: {error}") from error
    if asked.returncode != 0:
        raise StackError(explain_failure(asked.stderr))


def explain_failure(stderr: str) -> str:
    """What to install when the loader named a missing library, else what the loader said."""
    for library, package in DEBIAN_PACKAGES.items():
        if library in stderr:
            return f"mongod needs {library}, which is missing: apt-get install {package}"
    return f"mongod does not start: {stderr.strip()}"


def probe_mongod(address: str) -> None:
    """Raise NotReady until the server is a writable primary; found the replica set if need be."""
    client: MongoClient[dict[str, Any]]
    with MongoClient(
        address, directConnection=True, serverSelectionTimeoutMS=PROBE_TIMEOUT_MS
    ) as client:
        try:
            hello = client.admin.command("hello")
            if not hello.get("isWritablePrimary"):
                _see_to_replica_set(client, address)
                raise NotReady("not a primary yet")
        except PyMongoError as error:
            raise NotReady(str(error)) from error


def _see_to_replica_set(client: MongoClient[dict[str, Any]], address: str) -> None:
    """Found the set, or tell it of its new port when the data was made with another one."""
    members = [{"_id": 0, "host": address}]
    try:
        config = client.admin.command("replSetGetConfig")["config"]
    except OperationFailure as error:
        if error.code != NOT_YET_INITIALIZED:
            raise
        client.admin.command("replSetInitiate", {"_id": REPLICA_SET, "members": members})
        return
    if [member["host"] for member in config["members"]] != [address]:
        moved = {**config, "members": members, "version": config["version"] + 1}
        client.admin.command("replSetReconfig", moved, force=True)
