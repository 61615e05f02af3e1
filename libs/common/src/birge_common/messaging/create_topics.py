"""`python -m birge_common.messaging.create_topics`: makes missing topics before services start."""

import sys

from birge_common.contracts.topics import TOPICS
from birge_common.messaging.admin import create_topics
from birge_common.settings import ServiceSettings


def main() -> None:
    """Create what is missing on the broker of the environment; running it again changes nothing."""
    kafka = ServiceSettings().kafka
    create_topics(kafka.bootstrap_servers, replication_factor=kafka.replication_factor)
    sys.stdout.write(f"{len(TOPICS)} topics are there.\n")


if __name__ == "__main__":
    main()
