"""Read the environment of a site; every mistake in it is said in one sentence that names the variable."""

from __future__ import annotations

import os
import secrets
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import yaml
from django.core.exceptions import ImproperlyConfigured

_LEAST_KEY = 32  # characters; Django's own check asks for 50, of which a chance key needs fewer
SERVED_AT = "_LOCALITY_SERVED_AT"  # set by `serve` for itself and its worker: host and port on this machine
_YES, _NO = {"yes", "true", "1", "on"}, {"no", "false", "0", "off"}


def is_yes(name: str, *, default: bool) -> bool:
    """Read a yes-or-no variable."""
    found = os.environ.get(name, "").strip().lower()
    if found and found not in _YES | _NO:
        raise ImproperlyConfigured(f"{name} is '{found}'. Write yes or no.")
    return found in _YES if found else default


def open_home(home: Path) -> None:
    """Make the site's folder; it holds personal data, so nobody else on the machine may look into it."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)


def read_hosts() -> list[str]:
    """Give the host names that the site answers to."""
    hosts = [host.strip() for host in os.environ.get("LOCALITY_HOSTS", "").split(",") if host.strip()]
    if "*" in hosts:
        raise ImproperlyConfigured(
            "LOCALITY_HOSTS is '*': then anybody could make the site send links that lead elsewhere. Name the hosts."
        )
    return hosts


def read_address(*, https: bool, hosts: list[str]) -> str:
    """Give the address of the site's front page, for links in what it sends when nobody asks."""
    found = os.environ.get("LOCALITY_ADDRESS", "").strip().rstrip("/")
    if found:
        parts = urlsplit(found)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
            raise ImproperlyConfigured(f"LOCALITY_ADDRESS is '{found}'. Write it like https://plans.example.scot")
        return found
    if https and hosts:
        return f"https://{hosts[0]}"
    return f"http://{os.environ.get(SERVED_AT, '127.0.0.1:8000')}"


def single_sign_on_origin() -> list[str]:
    """Give scheme and host of the identity server, if one is named."""
    parts = urlsplit(os.environ.get("LOCALITY_OIDC_URL", ""))
    return [f"{parts.scheme}://{parts.netloc}"] if parts.scheme and parts.netloc else []


def read_secret_key(home: Path, *, is_live: bool = False) -> str:
    """Give the signing key: from the environment, or from a file that only the site's own user may read."""
    if key := os.environ.get("LOCALITY_SECRET_KEY"):
        if is_live and len(key) < _LEAST_KEY:
            raise ImproperlyConfigured(
                f"LOCALITY_SECRET_KEY is shorter than {_LEAST_KEY} characters. Use a longer one."
            )
        return key
    path = home / "secret-key"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(60))
    except FileExistsError:
        pass
    return path.read_text(encoding="utf-8")


def mail_settings() -> dict[str, Any]:
    """Give Django's mail settings: a server if one is named, otherwise the mail folder."""
    settings: dict[str, Any] = {"DEFAULT_FROM_EMAIL": os.environ.get("LOCALITY_MAIL_FROM", "locality@localhost")}
    url = os.environ.get("LOCALITY_MAIL_URL")
    if not url:
        return settings | {"EMAIL_BACKEND": "locality_web.core.mail_folder.MailFolder"}
    parts = urlsplit(url)
    if parts.scheme != "smtp" or not parts.hostname:
        raise ImproperlyConfigured("LOCALITY_MAIL_URL must look like smtp://user:password@host:587/?tls=yes")
    return settings | {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or 587,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parse_qs(parts.query).get("tls", ["yes"])[0] == "yes",
        "EMAIL_TIMEOUT": 20,
    }


def single_sign_on() -> dict[str, Any]:
    """Give the settings of the OpenID Connect server, if one is named."""
    url = os.environ.get("LOCALITY_OIDC_URL")
    ours: dict[str, Any] = {"provider_class": "locality_web.core.sign_in_single.WorkProvider", "APPS": []}
    if not url:
        return {"openid_connect": ours}
    missing = [name for name in ("LOCALITY_OIDC_ID", "LOCALITY_OIDC_SECRET") if not os.environ.get(name)]
    if missing:
        raise ImproperlyConfigured(f"LOCALITY_OIDC_URL is set but {' and '.join(missing)} is not.")
    app = {
        "provider_id": "staff",
        "name": os.environ.get("LOCALITY_OIDC_NAME", "Your organisation's account"),
        "client_id": os.environ["LOCALITY_OIDC_ID"],
        "secret": os.environ["LOCALITY_OIDC_SECRET"],
        "settings": {"server_url": url},
    }
    return {"openid_connect": ours | {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


def second_factor_words() -> frozenset[str]:
    """Give the words by which the identity server says that it asked for a second factor."""
    said = os.environ.get("LOCALITY_OIDC_MFA", "mfa")
    return frozenset(word.strip() for word in said.split(",") if word.strip())


def count_proxies(*, default: int) -> int:
    """Give the number of servers in front of the site, so that the caller's own address is read from the right one."""
    found = os.environ.get("LOCALITY_PROXIES", str(default)).strip()
    if not found.isdecimal():
        raise ImproperlyConfigured(f"LOCALITY_PROXIES is '{found}'. Write a whole number, like 1.")
    return int(found)


def rate_limits() -> dict[str, str]:
    """Give how often a thing may be tried, by its name, from `core/rate_limits.yaml`."""
    text = (resources.files("locality_web.core") / "rate_limits.yaml").read_text(encoding="utf-8")
    return {name: about["limit"] for name, about in yaml.safe_load(text).items()}
