"""A page that hangs, dies or floods ends its child, not the crawl."""

from __future__ import annotations

import os
import sys
import time

import pytest

from crawler.extract.worker import Worker
from reports.errors import ListPage, ReadError


def task(job: str) -> str:
    match job.split(":"):
        case ["sleep", seconds]:
            time.sleep(float(seconds))
        case ["die"]:
            os._exit(3)
        case ["list"]:
            raise ListPage("a page of links")
        case ["fault"]:
            raise KeyError("unforeseen")
        case ["eat"]:
            return str(len(bytearray(8 << 30)))
        case ["big"]:
            return "字" * 3_000_000
    return f"{job} by {os.getpid()}"


def test_many_jobs_are_run_by_one_child() -> None:
    with Worker(task) as worker:
        children = {worker.run(f"job {number}").rpartition(" ")[2] for number in range(50)}
    assert len(children) == 1
    assert children != {str(os.getpid())}


def test_results_come_in_the_order_of_the_jobs() -> None:
    jobs = ["sleep:0.3", *(f"job {number}" for number in range(20)), "list", "last"]
    with Worker(task, children=2) as worker:
        results = list(worker.map(jobs))
    assert [str(result).partition(" by ")[0] for result in results] == [*jobs[:-2], "a page of links", "last"]
    assert isinstance(results[-2], ListPage)


@pytest.mark.parametrize(
    ("job", "why"),
    [("sleep:60", "stopped after 0.5 s"), ("die", "died .exit status 3"), ("fault", "KeyError: 'unforeseen'")],
)
def test_what_became_of_a_job_is_said_and_the_next_one_runs(job: str, why: str) -> None:
    with Worker(task, timeout_s=0.5) as worker:
        with pytest.raises(ReadError, match=why):
            worker.run(job)
        assert worker.run("next").startswith("next by")


def test_a_child_killed_in_the_middle_of_a_map_is_replaced() -> None:
    with Worker(task, children=2, timeout_s=0.5) as worker:
        results = list(worker.map(["a", "sleep:60", "b", "die", "c"]))
    assert [isinstance(result, ReadError) for result in results] == [False, True, False, True, False]


def test_an_expected_error_keeps_its_kind() -> None:
    with Worker(task) as worker, pytest.raises(ListPage):
        worker.run("list")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux is known to bound a process's memory")
def test_memory_is_bounded() -> None:
    with Worker(task) as worker, pytest.raises(ReadError, match="memory"):
        worker.run("eat")


def test_large_results_pass() -> None:
    with Worker(task) as worker:
        assert len(worker.run("big")) == 3_000_000


def test_a_map_left_early_leaves_no_process_behind() -> None:
    worker = Worker(task, children=2)
    results = worker.map(f"job {number}" for number in range(100))
    child = int(str(next(results)).rpartition(" ")[2])
    worker.close()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_a_worker_without_children_or_time_is_refused() -> None:
    with pytest.raises(ValueError, match="must be positive"):
        Worker(task, children=0)
