#!/usr/bin/env python3
"""An SMTP server built on python3-aiosmtpd, which shares no code with this program: STARTTLS or TLS, and a login.

usage: smtp_server.py starttls|tls CERTIFICATE KEY USER PASSWORD [REPLY]

Takes mail only over TLS and after the login. REPLY, such as '451 4.7.1 try later', is its answer to every message in place of 250.
Prints its port, then for each message one line of JSON: sender, receivers, whether TLS was on, who logged in, and the message as it came.
Ends when its standard input does.
"""
import asyncio
import json
import logging
import ssl
import sys
import threading

from aiosmtpd.smtp import SMTP, AuthResult


class Handler:
    def __init__(self, reply):
        self.reply = reply

    async def handle_DATA(self, server, session, envelope):
        print(json.dumps({
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "tls": server.transport.get_extra_info("cipher") is not None,
            "user": session.auth_data,
            "message": envelope.content.decode("utf-8"),
        }), flush=True)
        return self.reply


def main():
    mode, certificate, key, user, password, *reply = sys.argv[1:]
    logging.disable(logging.CRITICAL)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    starts = mode == "starttls"
    handler = Handler(reply[0] if reply else "250 2.0.0 Ok: queued as 4C1D2E")

    def authenticate(server, session, envelope, mechanism, data):
        right = data.login == user.encode() and data.password == password.encode()
        return AuthResult(success=right, handled=False, auth_data=user)

    def connection():
        return SMTP(
            handler,
            tls_context=context if starts else None,
            require_starttls=starts,
            auth_required=True,
            auth_require_tls=starts,
            authenticator=authenticate,
            loop=loop,
        )

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    server = loop.run_until_complete(loop.create_server(connection, "127.0.0.1", 0, ssl=None if starts else context))
    print(server.sockets[0].getsockname()[1], flush=True)
    threading.Thread(target=loop.run_forever, daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main()
