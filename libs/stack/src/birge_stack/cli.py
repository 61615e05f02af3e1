"""The `birge` command: a table of what it can do; each group has a module of its own."""

import typer

from birge_stack import lifecycle, log_view, partner, quality, sealing_keys
from birge_stack.administrator import administrator
from birge_stack.audit.command import audit_app
from birge_stack.bench.command import bench
from birge_stack.demo import demo
from birge_stack.rebuild import rebuild
from birge_stack.replay import replay
from birge_stack.verify import verify

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Volunteering statistics on real Kafka and MongoDB, from one command.",
)
app.command()(demo)
app.command()(lifecycle.up)
app.command()(lifecycle.down)
app.command()(lifecycle.status)
app.command()(log_view.logs)
app.command()(lifecycle.reset)
app.command()(replay)
app.command()(verify)
app.command()(rebuild)
app.command()(bench)
app.command("test")(quality.run_tests)
app.command()(quality.check)
app.add_typer(partner.app, name="partner")
app.command()(administrator)
app.add_typer(sealing_keys.app, name="sealing")
app.add_typer(audit_app, name="audit")


def main() -> None:
    """Run the command."""
    app()
