"""Where to look further: documents of the APIs, statistics, traces."""

from collections.abc import Sequence

from birge_stack.console import answers
from birge_stack.home import Home
from birge_stack.ports import LOOPBACK
from birge_stack.replay.traced import Trace
from birge_stack.settings import Ports

EXAMPLES = (
    "hours?period=2022",
    "hours?period=2022-03&region=KZ-71",
    "directions?period=2022-10~12m",
    "representedness?period=2022&basis=events",
    "organisations?period=2022",
    "volunteers?period=2022&format=csv",
)


def show_addresses(home: Home, ports: Ports, traces: Sequence[Trace]) -> None:
    """Print every address that a visitor needs, the key's place included, the key itself not."""
    ingest, aggregator, awards, zipkin = (
        f"http://{LOOPBACK}:{port}"
        for port in (ports.ingest, ports.aggregator, ports.awards, ports.zipkin)
    )
    lines = [
        f"door, API documents      {ingest}/docs",
        f"statistics, API documents {aggregator}/docs",
        f"awards, console          {awards}/awards/cycles  (./birge administrator lets you in)",
        f"traces                   {zipkin}/zipkin/",
        *(
            f"  one event ({trace.subject}) {zipkin}/zipkin/traces/{trace.trace_id}"
            for trace in traces
        ),
        f"metrics                  {ingest}/metrics  {aggregator}/metrics",
        f"a key for statistics     `operations` in {home.root / 'partners.json'}",
        "",
        'curl -H "Authorization: Bearer $KEY" \\',
        *(f"  '{aggregator}/v1/statistics/{example}'" for example in EXAMPLES),
    ]
    for line in lines:
        answers.print(line, markup=False)
