"""A day with the public client pyetrade (github.com/jessecooper/pyetrade), unchanged but for its addresses, over XML and over JSON.

usage: pyetrade_journey.py FOLDER_OF_PYETRADE http://127.0.0.1:8600 KEY SECRET SYMBOL
Needs requests-oauthlib, xmltodict and dateutil. Prints a line for each step; ends with an error at the first one that is not as the protocol says.
"""
import html
import re
import sys
import time
import types
import urllib.parse
import urllib.request

import xmltodict

folder, base, key, secret, symbol = sys.argv[1:6]
try:
    import jxmlease  # noqa: F401  what pyetrade writes XML with
except ImportError:
    shim = types.ModuleType("jxmlease")
    shim.emit_xml = lambda tree: xmltodict.unparse(tree)
    sys.modules["jxmlease"] = shim
sys.path.insert(0, folder)
import pyetrade  # noqa: E402


def step(name, detail=""):
    print(f"{name}: {detail}", flush=True)


def listed(value):
    return value if isinstance(value, list) else [] if value is None else [value]


def fetch(url, data=None):
    with urllib.request.urlopen(url, data) as answer:
        return answer.read().decode()


def verifier_for(token):
    page = f"{base}/e/t/etws/authorize?" + urllib.parse.urlencode({"key": key, "token": token})
    text = fetch(page)
    if 'id="oauth_verifier"' not in text:
        fields = {}
        for tag in re.findall(r"<(?:input|button)\b[^>]*>", text):
            attributes = {n: html.unescape(v) for n, v in re.findall(r'([\w-]+)="([^"]*)"', tag)}
            if "name" in attributes:
                fields[attributes["name"]] = attributes.get("value", "")
        action = re.search(r'<form\b[^>]*\baction="([^"]*)"', text)
        target = urllib.parse.urljoin(page, html.unescape(action.group(1))) if action else page
        text = fetch(target, urllib.parse.urlencode(fields).encode())
    tag = re.search(r'<[^>]*id="oauth_verifier"[^>]*>([^<]*)', text)
    assert tag, "the result page shows a verifier"
    value = re.search(r'value="([^"]*)"', tag.group(0))
    return html.unescape(value.group(1) if value else tag.group(1)).strip()


def login():
    oauth = pyetrade.ETradeOAuth(key, secret)
    oauth.req_token_url = f"{base}/oauth/request_token"
    oauth.access_token_url = f"{base}/oauth/access_token"
    oauth.auth_token_url = f"{base}/e/t/etws/authorize"
    oauth.get_request_token()
    return oauth.get_access_token(verifier_for(oauth.resource_owner_key))


def connected(kind, path, tokens):
    client = kind(key, secret, tokens["oauth_token"], tokens["oauth_token_secret"], dev=False)
    client.base_url = base + path
    return client


def journey(form):
    tokens = login()
    step(f"{form} login")
    accounts = connected(pyetrade.ETradeAccounts, "/v1/accounts", tokens)
    market = connected(pyetrade.ETradeMarket, "/v1/market/", tokens)
    orders = connected(pyetrade.ETradeOrder, "/v1/accounts", tokens)

    found = listed(accounts.list_accounts(resp_format=form)["AccountListResponse"]["Accounts"]["Account"])
    account = next(a["accountIdKey"] for a in found if a["accountStatus"] == "ACTIVE")
    step(f"{form} accounts", len(found))
    balance = accounts.get_account_balance(account, resp_format=form)["BalanceResponse"]
    step(f"{form} balance", balance["Computed"]["RealTimeValues"]["totalAccountValue"])

    answer = market.get_quote([symbol], detail_flag="all", resp_format=form)["QuoteResponse"]
    quote = listed(answer["QuoteData"])[0]
    last = float(quote["All"]["lastTrade"])
    assert quote["Product"]["symbol"] == symbol and last > 0
    step(f"{form} quote", last)
    step(f"{form} lookup", len(listed(market.look_up_product(symbol, resp_format=form)["LookupResponse"]["Data"])))

    low = round(last * 0.5, 2)
    terms = dict(accountIdKey=account, symbol=symbol, orderAction="BUY", clientOrderId=str(int(time.time() * 1000)),
                 priceType="LIMIT", limitPrice=low, quantity=10, orderTerm="GOOD_FOR_DAY", marketSession="REGULAR")
    preview = orders.preview_equity_order(**terms)["PreviewOrderResponse"]
    step(f"{form} preview", preview["PreviewIds"]["previewId"])
    placed = orders.place_equity_order(**{**terms, "previewId": preview["PreviewIds"]["previewId"]})["PlaceOrderResponse"]
    order_id = int(placed["OrderIds"]["orderId"])
    step(f"{form} place", order_id)

    terms.update(limitPrice=round(low - 1, 2), clientOrderId=str(int(time.time() * 1000) + 1))
    change = orders.change_preview_equity_order(account, str(order_id), **terms)["PreviewOrderResponse"]
    changed = orders.place_changed_equity_order(
        **{**terms, "orderId": order_id, "previewId": change["PreviewIds"]["previewId"]})["PlaceOrderResponse"]
    new_id = int(changed["OrderIds"]["orderId"])
    assert new_id != order_id
    step(f"{form} change", f"{order_id} -> {new_id}")
    try:
        cancelled = orders.cancel_order(account, new_id, resp_format=form)["CancelOrderResponse"]
    except Exception as problem:  # 1524: the change is still being carried out
        assert "1524" in str(problem), problem
        time.sleep(3)
        cancelled = orders.cancel_order(account, new_id, resp_format=form)["CancelOrderResponse"]
    assert int(cancelled["orderId"]) == new_id
    step(f"{form} cancel", listed(cancelled["Messages"]["Message"])[0]["code"])
    everything = orders.list_orders(account, resp_format=form)["OrdersResponse"]
    assert any(int(o["orderId"]) == new_id for o in listed(everything["Order"]))
    step(f"{form} orders", len(listed(everything["Order"])))
    detail = orders.list_order_details(account, new_id, resp_format=form)["OrdersResponse"]
    step(f"{form} order", listed(listed(detail["Order"])[0]["OrderDetail"])[0]["status"])

    buy = dict(terms, limitPrice=round(last * 1.1, 2), quantity=3, clientOrderId=str(int(time.time() * 1000) + 2))
    orders.place_equity_order(**buy)
    positions = []
    for _ in range(40):
        try:
            holding = accounts.get_account_portfolio(account, resp_format=form)["PortfolioResponse"]
            positions = listed(listed(holding["AccountPortfolio"])[0]["Position"])
        except Exception:  # an empty portfolio is an empty answer, which the client cannot read
            pass
        if any(p["Product"]["symbol"] == symbol for p in positions):
            break
        time.sleep(0.5)
    else:
        sys.exit(f"{symbol} was not bought")
    step(f"{form} portfolio", len(positions))
    step(f"{form} transactions", len(str(accounts.list_transactions(account, resp_format=form))))

    access = pyetrade.ETradeAccessManager(key, secret, tokens["oauth_token"], tokens["oauth_token_secret"])
    access.renew_access_token_url = f"{base}/oauth/renew_access_token"
    access.revoke_access_token_url = f"{base}/oauth/revoke_access_token"
    assert access.renew_access_token()
    step(f"{form} renew")
    assert access.revoke_access_token()
    step(f"{form} revoke")
    try:
        accounts.list_accounts(resp_format=form)
    except Exception:
        step(f"{form} done")
    else:
        sys.exit("a revoked token was accepted")


for form in ("xml", "json"):
    journey(form)
