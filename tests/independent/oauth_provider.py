#!/usr/bin/env python3
"""An OAuth 1.0a provider built on python3-oauthlib, which shares no code with this program: it verifies what the client signs.

usage: oauth_provider.py CONSUMER_KEY CONSUMER_SECRET

Serves the five calls of the daily login and answers {} to anything under /v1 whose signature, time, nonce and token are right; else 401
with oauth_problem in the body. Tokens and secrets hold / + and =. Prints its port, then a line for each request: accepted or refused,
method, target. Ends when its standard input does.
"""
import os
import sys
import threading
from base64 import b64encode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlparse

from oauthlib.oauth1 import AccessTokenEndpoint, RequestTokenEndpoint, RequestValidator, ResourceEndpoint


def awkward(*_):
    while True:
        token = b64encode(os.urandom(32)).decode()
        if "/" in token and "+" in token:
            return token


class Validator(RequestValidator):
    enforce_ssl = False
    timestamp_lifetime = 300
    dummy_client = dummy_request_token = dummy_access_token = "nobody"

    def __init__(self, key, secret):
        super().__init__()
        self.key, self.secret = key, secret
        self.requested, self.verifiers, self.access, self.nonces = {}, {}, {}, set()

    def anything(self, *_, **__):
        return True

    check_client_key = check_request_token = check_access_token = check_nonce = check_verifier = anything
    validate_requested_realms = validate_realms = verify_realms = anything

    def get_client_secret(self, client_key, request):
        return self.secret

    def get_request_token_secret(self, client_key, token, request):
        return self.requested.get(token, "nobody's")

    def get_access_token_secret(self, client_key, token, request):
        return self.access.get(token, "nobody's")

    def get_default_realms(self, client_key, request):
        return []

    def get_realms(self, token, request):
        return []

    def validate_client_key(self, client_key, request):
        return client_key == self.key

    def validate_request_token(self, client_key, token, request):
        return token in self.requested

    def validate_access_token(self, client_key, token, request):
        return token in self.access

    def validate_timestamp_and_nonce(self, client_key, timestamp, nonce, request, request_token=None, access_token=None):
        seen = (timestamp, nonce) in self.nonces
        self.nonces.add((timestamp, nonce))
        return not seen

    def validate_redirect_uri(self, client_key, redirect_uri, request):
        return redirect_uri == "oob"

    def validate_verifier(self, client_key, token, verifier, request):
        return self.verifiers.get(token) == verifier

    def save_request_token(self, token, request):
        self.requested[token["oauth_token"]] = token["oauth_token_secret"]

    def save_access_token(self, token, request):
        self.access[token["oauth_token"]] = token["oauth_token_secret"]

    def invalidate_request_token(self, client_key, request_token, request):
        self.requested.pop(request_token, None)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def handle_one(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        url = f"http://{self.headers['Host']}{self.path}"
        path = urlparse(self.path).path
        if path == "/e/t/etws/authorize":
            return self.authorize()
        validator = self.server.validator
        request = dict(uri=url, http_method=self.command, body=body, headers=dict(self.headers))
        if path == "/oauth/request_token":
            _, text, status = RequestTokenEndpoint(validator, token_generator=awkward).create_request_token_response(**request)
        elif path == "/oauth/access_token":
            _, text, status = AccessTokenEndpoint(validator, token_generator=awkward).create_access_token_response(**request)
        else:
            valid, checked = ResourceEndpoint(validator).validate_protected_resource_request(**request)
            text, status = self.protected(path, checked) if valid else ("oauth_problem=signature_invalid", 401)
        if status != 200:
            text, status = "<html><body><p><b>Message</b> oauth_problem=signature_invalid</p></body></html>", 401
        self.answer(status, text)

    do_GET = do_POST = do_PUT = do_DELETE = handle_one

    def protected(self, path, checked):
        if path == "/oauth/renew_access_token":
            return "Access Token has been renewed", 200
        if path == "/oauth/revoke_access_token":
            del self.server.validator.access[checked.resource_owner_key]
            return "Revoked Access Token", 200
        return "{}", 200

    def authorize(self):
        query = parse_qs(urlparse(self.path).query, strict_parsing=True)
        (key,), (token,) = query["key"], query["token"]
        known = key == self.server.validator.key and token in self.server.validator.requested
        self.server.validator.verifiers[token] = "WXYZ89"
        self.answer(200 if known else 400, "WXYZ89" if known else "unknown token")

    def answer(self, status, text):
        print("accepted" if status == 200 else "refused", self.command, self.path, flush=True)
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json" if text == "{}" else "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.validator = Validator(sys.argv[1], sys.argv[2])
    print(server.server_port, flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main()
