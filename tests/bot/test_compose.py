"""compose.yaml, the Dockerfile and .env.example against the code: names, ports, paths and limits agree."""

import re
import shutil
import subprocess
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

from bot.http import EVENTS, HEALTH, LARGEST_BODY, READY, SLOWEST, Address
from bot.settings import Settings
from bot.shutdown import ALL_IN_ALL
from bot.sync.adapters import ADAPTERS
from handlers.in_time import PATIENCE
from sales.prospects.webhook import LARGEST as LARGEST_CONTENT
from sales.prospects.webhook import PATH as CONTENT

ROOT = Path(__file__).parent.parent.parent
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
NGINX = COMPOSE["configs"]["nginx"]["content"]
REPLICAS = {name: one for name, one in COMPOSE["services"].items() if one.get("image") == "rainmaker"}
DOCKERFILE = (ROOT / "Dockerfile").read_text()
EXAMPLE = (ROOT / ".env.example").read_text()
SLACK_WAITS = 3.0  # seconds


def directives(name: str) -> list[str]:
    return re.findall(rf"^\s*{name}\s+([^;]+);", NGINX, re.MULTILINE)


def directive(name: str) -> str:
    (found,) = directives(name)
    return found


def seconds(said: str) -> float:
    number, unit = re.fullmatch(r"(\d+)(ms|s)", said).groups()  # type: ignore[union-attr]
    return int(number) / (1000 if unit == "ms" else 1)


def test_two_replicas_are_told_settings_that_exist():
    assert set(REPLICAS) == {"replica-1", "replica-2"}
    for one in REPLICAS.values():
        assert {name.lower() for name in one["environment"]} <= set(Settings.model_fields)
        needed = {"SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "DATABASE_URL"}
        assert needed <= set(one["environment"])


def test_the_replicas_database_is_the_one_that_is_started():
    database = COMPOSE["services"]["database"]["environment"]
    url = REPLICAS["replica-1"]["environment"]["DATABASE_URL"]
    user, password, name = (database[f"POSTGRES_{part}"] for part in ("USER", "PASSWORD", "DB"))
    assert url == f"postgresql+asyncpg://{user}:{password}@database/{name}"
    assert f"-U {user} -d {name}" in COMPOSE["services"]["database"]["healthcheck"]["test"][1]


def test_nginx_passes_on_to_where_the_replicas_listen():
    servers = re.findall(r"^\s*server\s+(\S+?):(\d+)", NGINX, re.MULTILINE)
    listens = {name: Address.read(one["command"][2]) for name, one in REPLICAS.items()}
    assert [one["command"][:2] for one in REPLICAS.values()] == [["run", "--http"]] * 2
    assert {name: int(port) for name, port in servers} == {name: one.port for name, one in listens.items()}
    assert {one.host for one in listens.values()} == {"0.0.0.0"}
    assert re.findall(r"location = (\S+)", NGINX) == [EVENTS, HEALTH, READY]
    assert re.findall(r"location (/\S+)", NGINX) == [CONTENT.removesuffix("content/")]


def test_nginx_tries_the_other_replica_while_slack_still_waits():
    assert "non_idempotent" in directive("proxy_next_upstream")
    assert {"error", "timeout", "http_503"} <= set(directive("proxy_next_upstream").split())
    assert (
        seconds(directive("proxy_read_timeout")) + seconds(directive("proxy_connect_timeout")) <= SLACK_WAITS
    )
    assert seconds(directive("proxy_read_timeout")) > PATIENCE, "or it passes on what is just being answered"
    slack, content = directives("client_max_body_size")
    assert (slack, content) == (f"{LARGEST_BODY // 1024**2}m", f"{LARGEST_CONTENT // 1024}k")
    listens = int(directive("listen"))
    assert COMPOSE["services"]["nginx"]["ports"] == [f"${{HTTP_PORT:-8080}}:{listens}"]
    assert COMPOSE["services"]["nginx"]["healthcheck"]["test"][-1] == f"http://127.0.0.1:{listens}{READY}"


def test_nginx_leaves_no_replica_out_for_one_slow_answer_and_lets_go_of_a_connection_before_it_is_closed():
    servers = re.findall(r"^\s*server\s+\S+:\d+([^;]*);", NGINX, re.MULTILINE)
    assert len(servers) == len(REPLICAS)
    assert all("max_fails=0" in options.split() for options in servers)
    assert seconds(directive("keepalive_timeout")) < SLOWEST


def test_every_replica_may_finish_before_it_is_killed():
    for one in REPLICAS.values():
        assert seconds(one["stop_grace_period"]) > ALL_IN_ALL


def test_what_is_to_be_set_is_in_the_example_and_has_no_value_that_is_secret():
    asked = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "compose.yaml").read_text()))
    said = dict(re.findall(r"^([A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE))
    assert asked <= set(said)
    given = {one.variable.lower() for adapter in ADAPTERS.values() for one in adapter.asked}
    others = {"postgres_password", "http_port", *given}
    assert {name.lower() for name in said} <= {*Settings.model_fields, *others}
    secret = [said[name] for name in said if re.search("TOKEN|SECRET|PASSWORD", name)]
    assert secret == [""] * 7


def test_the_image_holds_what_the_bot_imports_and_nothing_private():
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    sources = {source for line in copied for source in line.split()}
    assert all((ROOT / source).exists() for source in sources)
    packages = {"bot", "handlers", "messages", "storage", "sales"}
    assert packages <= sources
    lines = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] not in ("#", "")]
    assert lines[0] == "*"
    let_in = [line[1:] for line in lines if line.startswith("!")]
    assert all(any(fnmatch(source, pattern) for pattern in let_in) for source in sources)
    assert not any(fnmatch(private, pattern) for private in (".env", "rainmaker.db") for pattern in let_in)


def test_the_image_is_built_from_pins_runs_as_nobody_special_and_is_watched():
    assert "--require-hashes -r /requirements/app.txt" in DOCKERFILE
    assert re.search(r"^USER (?!root)\w+$", DOCKERFILE, re.MULTILINE)
    port = Address.read(REPLICAS["replica-1"]["command"][2]).port
    assert f"http://127.0.0.1:{port}{HEALTH}" in DOCKERFILE
    assert f'CMD ["run", "--http", "0.0.0.0:{port}"]' in DOCKERFILE
    assert re.findall(r"https?://(?!127\.0\.0\.1)\S+", DOCKERFILE) == []
    assert not re.search(r"index-url|trusted-host|TOKEN|SECRET|PASSWORD", DOCKERFILE)


@pytest.mark.skipif(shutil.which("nginx") is None, reason="no nginx here to ask")
def test_nginx_accepts_its_configuration(tmp_path):
    said = NGINX.replace("replica-1", "127.0.0.1").replace("replica-2", "127.0.0.1").replace("resolve ", "")
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid; events {{}} http {{ {said} }}")
    asked = subprocess.run(
        ["nginx", "-t", "-c", str(whole), "-p", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert asked.returncode == 0, asked.stderr


def test_braces_and_semicolons_of_the_nginx_configuration_are_in_place():
    depth = 0
    for line in (line.strip() for line in NGINX.splitlines()):
        assert not line or line[-1] in "{};"
        depth += line.count("{") - line.count("}")
        assert depth >= 0
    assert depth == 0
    assert "$" not in NGINX  # compose would take it for a variable of its own
