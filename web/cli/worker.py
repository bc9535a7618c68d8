"""`blanki worker` and `blanki relay`: the processes behind the queue, one each."""

import click

from workflow.settings import read_settings


@click.command()
def worker() -> None:
    """Take steps from the queue and work on them until stopped."""
    from workflow.jobs.logs import log_to_stderr
    from workflow.jobs.worker import run_worker

    log_to_stderr()
    run_worker(read_settings())


@click.command()
def relay() -> None:
    """Carry steps from the database into the queue until stopped."""
    from workflow.jobs.logs import log_to_stderr
    from workflow.jobs.relay import run_relay
    from workflow.jobs.supervisor import stop_on_signals
    from workflow.jobs.tasks import read_clock

    log_to_stderr()
    with stop_on_signals() as stop:
        run_relay(read_settings(), read_clock, stop)
