"""How Kafka is spoken to: encrypted or not, and as whom; told to each client in its own words.

Knows no client library.
"""

import ssl
from dataclasses import dataclass, field
from typing import Any, Literal

Security = Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"]
Mechanism = Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"]


@dataclass(frozen=True)
class Access:
    """By default in the open, and as nobody."""

    security: Security = "PLAINTEXT"
    authority: str = ""
    """The file of the certificates to trust; empty trusts whom the machine trusts."""
    mechanism: Mechanism = "SCRAM-SHA-512"
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def signs_in(self) -> bool:
        """Whether a user and a password are given."""
        return self.security.startswith("SASL_")

    def tls(self) -> ssl.SSLContext | None:
        """The server must prove the name it is reached by; None where nothing is encrypted. Raises OSError."""
        if not self.security.endswith("SSL"):
            return None
        return ssl.create_default_context(cafile=self.authority or None)

    def arguments(self) -> dict[str, Any]:
        """As kafka-python takes it. Raises OSError where the file of certificates cannot be read."""
        signing_in = {
            "sasl_mechanism": self.mechanism,
            "sasl_plain_username": self.user,
            "sasl_plain_password": self.password,
        }
        secured = {"security_protocol": self.security, "ssl_context": self.tls()}
        return secured | signing_in if self.signs_in else secured


OPEN = Access()
