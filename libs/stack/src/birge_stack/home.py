"""Where the stack keeps data, logs, downloads and its state, so that no path is spelled twice."""

import os
from dataclasses import dataclass
from pathlib import Path


def checkout_folder() -> Path:
    """The workspace this package runs from, or the current folder when it is installed alone."""
    workspace = Path(__file__).resolve().parents[4]
    return workspace if (workspace / "requirements.lock").exists() else Path.cwd()


@dataclass(frozen=True, slots=True)
class Home:
    """The folders below one home; `downloads` may be shared between homes."""

    root: Path
    downloads: Path

    @classmethod
    def from_environment(cls) -> "Home":
        """`$BIRGE_HOME` or `.birge` of the checkout, with `$BIRGE_DOWNLOADS` if it is set."""
        root = Path(os.environ.get("BIRGE_HOME") or checkout_folder() / ".birge").absolute()
        return cls.at(root)

    @classmethod
    def at(cls, root: Path) -> "Home":
        """The home at `root`, its downloads below it unless `$BIRGE_DOWNLOADS` says where."""
        downloads = os.environ.get("BIRGE_DOWNLOADS")
        return cls(root, Path(downloads).absolute() if downloads else root / "downloads")

    @property
    def data(self) -> Path:
        """Databases and logs of messages: what `reset` removes."""
        return self.root / "data"

    @property
    def logs(self) -> Path:
        """One text file for each part."""
        return self.root / "logs"

    @property
    def run(self) -> Path:
        """State, lock and generated configuration of the running stack."""
        return self.root / "run"

    @property
    def jars(self) -> Path:
        """Checked jars, flat, shared by every part that runs on Java."""
        return self.downloads / "jars"

    @property
    def state_file(self) -> Path:
        """What the supervisor says about its parts."""
        return self.run / "state.json"

    @property
    def lock_file(self) -> Path:
        """Held by the one supervisor of this home for as long as it lives."""
        return self.run / "supervisor.lock"

    @property
    def secrets_file(self) -> Path:
        """The keys of this home's services, readable by its owner alone."""
        return self.root / "secrets.json"

    def log_of(self, part: str) -> Path:
        """The log file of one part."""
        return self.logs / f"{part}.log"
