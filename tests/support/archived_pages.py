"""Pages as a crawler archives them."""


def record(url: str, status: str, kind: str, body: bytes) -> bytes:
    """A response as it stands in a WARC."""
    response = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2023-01-02T03:04:05Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{len(body)}>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(response)}\r\n\r\n"
    )
    return head.encode() + response + b"\r\n\r\n"
