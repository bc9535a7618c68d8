import os
import signal
import stat
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from redis import Redis

from workflow.jobs.children import Child, ChildDied
from workflow.jobs.redis_server import RedisMissing, plan_redis, start_redis
from workflow.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, database_url="sqlite://", redis_url=None)


def find_socket(url: str) -> Path:
    return Path(url.removeprefix("unix://"))


def test_it_listens_in_a_folder_of_its_owner_and_nowhere_else(settings):
    with start_redis(settings) as server:
        socket = find_socket(server.url)
        info = Redis.from_url(server.url).info("server")
        process = psutil.Process(info["process_id"])
        assert process.net_connections("inet") == []
        assert stat.S_IMODE(socket.parent.stat().st_mode) == 0o700
        assert stat.S_IMODE(socket.stat().st_mode) == 0o700
    assert not process.is_running()
    assert not socket.parent.exists()


def test_what_it_was_told_is_there_after_a_stop_and_a_start(settings):
    with start_redis(settings) as server:
        Redis.from_url(server.url).set("kept", "yes")
    with start_redis(settings) as server:
        assert Redis.from_url(server.url).get("kept") == b"yes"


def test_a_file_that_a_crash_cut_short_does_not_keep_it_from_starting(settings):
    with start_redis(settings) as server:
        connection = Redis.from_url(server.url)
        for number in range(9):
            connection.set(f"key {number}", "value")
        connection.config_set("appendfsync", "always")
        os.kill(connection.info("server")["process_id"], signal.SIGKILL)
    (file,) = (settings.data / "redis" / "appendonlydir").glob("*.incr.aof")
    os.truncate(file, file.stat().st_size - 7)
    with start_redis(settings) as server:
        assert Redis.from_url(server.url).dbsize() == 8


def test_a_server_that_cannot_start_says_why(settings):
    with start_redis(settings) as server:
        Redis.from_url(server.url).set("key", "value")
    (file,) = (settings.data / "redis" / "appendonlydir").glob("*.incr.aof")
    file.write_bytes(b"this is no such file\n" * 50)
    with pytest.raises(ChildDied) as caught, start_redis(settings):
        pass
    assert "redis did not start" in caught.value.detail
    assert "append only file" in caught.value.detail


def test_a_machine_without_the_program_is_told_what_to_install(settings):
    with pytest.raises(RedisMissing) as caught, plan_redis(settings, "no-such-redis-server"):
        pass
    assert "apt-get install redis-server" in str(caught.value)


def test_a_second_server_on_the_same_folder_does_not_start(settings):
    with start_redis(settings), plan_redis(settings) as second:
        child = Child(replace(second.child, ready_seconds=0.5))
        child.start()
        with pytest.raises(ChildDied):
            child.wait_until_ready()
        child.ask_to_stop()
        child.finish()
