"""A certificate must be the named host's own, though it is an address that is connected to."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
from pathlib import Path
from shutil import which

import pytest

from crawler.answers import Answer, Failed, Fault, Fetched, Target
from crawler.fetch import Fetcher
from reports.crawl_config import CrawlConfig


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not which("openssl"):
        pytest.skip("no openssl to make a certificate with")
    path = tmp_path_factory.mktemp("tls") / "gov.pem"
    subject = ("-subj", "/CN=www.gov.cn", "-addext", "subjectAltName=DNS:www.gov.cn", "-days", "2")
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", str(path))
    subprocess.run(["openssl", "req", "-x509", *key, *subject, "-out", f"{path}.crt"], check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + Path(f"{path}.crt").read_bytes())
    return path


def get_secure(host: str, certificate: Path, trusted: bool = True) -> tuple[Answer, list[str | None]]:
    """Ask a TLS server on loopback by this name; the names it was asked for in the handshake come along."""
    named: list[str | None] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
        await writer.drain()
        writer.close()

    async def got() -> Answer:
        served = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        served.load_cert_chain(certificate)
        served.sni_callback = lambda _socket, name, _context: named.append(name)
        async with await asyncio.start_server(answer, "127.0.0.1", 0, ssl=served) as listener:
            port = listener.sockets[0].getsockname()[1]
            crawl = CrawlConfig(timeout_s=5.0, connect_to=(f"{host}=127.0.0.1:{port}",))
            tls = ssl.create_default_context(cafile=certificate) if trusted else None
            async with Fetcher(crawl, tls=tls) as fetcher:
                target = await fetcher.locate(f"https://{host}/")
                assert isinstance(target, Target)
                return await fetcher.get(target)

    return asyncio.run(got()), named


def test_a_certificate_is_checked_against_the_name_not_the_address(certificate: Path) -> None:
    answer, named = get_secure("www.gov.cn", certificate)
    assert isinstance(answer, Fetched)
    assert (answer.body, named) == (b"hi", ["www.gov.cn"])


@pytest.mark.parametrize(
    ("host", "trusted", "why"),
    [("www.other.cn", True, "Hostname mismatch"), ("www.gov.cn", False, "self-signed certificate")],
)
def test_a_certificate_of_another_or_of_nobody_ends_the_request(
    host: str, trusted: bool, why: str, certificate: Path
) -> None:
    answer, _ = get_secure(host, certificate, trusted)
    assert isinstance(answer, Failed)
    assert answer.fault is Fault.UNREACHABLE
    assert why in answer.why
