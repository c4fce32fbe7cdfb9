// A day with the published client e-trade-api (npm, Apache-2.0), unchanged but for its addresses: login, every kind of call, revoke.
// usage: node journey.mjs http://127.0.0.1:8600 KEY SECRET SYMBOL
// Prints one line for each step; ends with exit code 1 at the first step that is not as the protocol says.
import client from 'e-trade-api';
import assert from 'node:assert/strict';

const { ETrade } = client;
const [base, key, secret, symbol] = process.argv.slice(2);
const urls = { oauth: `${base}/oauth/`, prod: `${base}/v1/`, dev: `${base}/v1/` };
const connect = (token) => new ETrade({ key, secret, urls, mode: 'prod', accessToken: token?.oauth_token ?? '', accessSecret: token?.oauth_token_secret ?? '', connectionLimit: 1, connectionLimitPeriod: 700 });
const step = (name, detail = '') => console.log(`${name}: ${detail}`);
const list = (value) => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

// The page is what a person would click through.
async function verifierFor(requestToken) {
  const page = `${base}/e/t/etws/authorize?key=${encodeURIComponent(key)}&token=${encodeURIComponent(requestToken)}`;
  let html = await (await fetch(page)).text();
  if (!/id="oauth_verifier"/.test(html)) {
    const fields = new URLSearchParams();
    for (const [input] of html.matchAll(/<(?:input|button)\b[^>]*>/g)) {
      const attribute = (name) => input.match(new RegExp(`\\b${name}="([^"]*)"`))?.[1]?.replaceAll('&amp;', '&').replaceAll('&#x2B;', '+').replaceAll('&#43;', '+');
      if (attribute('name')) fields.set(attribute('name'), attribute('value') ?? '');
    }
    const action = html.match(/<form\b[^>]*\baction="([^"]*)"/)?.[1]?.replaceAll('&amp;', '&') ?? page;
    html = await (await fetch(new URL(action, page), { method: 'POST', body: fields })).text();
  }
  const element = html.match(/<[^>]*id="oauth_verifier"[^>]*>([^<]*)/);
  assert.ok(element, 'the result page shows a verifier');
  return (element[0].match(/value="([^"]*)"/)?.[1] ?? element[1]).trim();
}

const stranger = connect();
const request = await stranger.requestToken();
const access = await stranger.getAccessToken({ key: request.oauth_token, secret: request.oauth_token_secret, code: await verifierFor(request.oauth_token) });
assert.ok(access.oauth_token.length > 20);
step('login');

const broker = connect(access);
const accounts = await broker.listAccounts();
const account = accounts.find((a) => a.accountStatus === 'ACTIVE');
const accountIdKey = account.accountIdKey;
step('accounts', accounts.length);

const balance = await broker.getAccountBalances({ accountIdKey });
assert.equal(balance.accountId, account.accountId);
step('balance', balance.Computed.RealTimeValues.totalAccountValue);

const quote = await broker.getQuotes({ symbols: [symbol], detailFlag: 'ALL' });
const last = quote.All.lastTrade;
assert.equal(quote.Product.symbol, symbol);
assert.ok(last > 0);
step('quote', last);
step('lookup', list(await broker.lookupProduct(symbol)).length);

const order = (limitPrice, quantity, orderAction = 'BUY') => [{
  allOrNone: false, priceType: 'LIMIT', orderTerm: 'GOOD_FOR_DAY', marketSession: 'REGULAR', limitPrice,
  Instrument: [{ Product: { securityType: 'EQ', symbol }, orderAction, quantityType: 'QUANTITY', quantity }],
}];
const previewIds = (answer) => list(answer.PreviewIds).map(({ previewId }) => ({ previewId }));
let client_id = Date.now();
const low = Math.floor(last * 50) / 100;

const clientOrderId = String(++client_id);
const preview = await broker.previewOrder({ accountIdKey, orderType: 'EQ', clientOrderId, order: order(low, 10) });
step('preview', previewIds(preview).length);
const placed = await broker.placeOrder({ accountIdKey, orderType: 'EQ', clientOrderId, order: order(low, 10), previewIds: previewIds(preview) });
const orderId = list(placed.OrderIds)[0].orderId;
step('place', orderId);

const changeId = String(++client_id);
const changePreview = await broker.changePreviewedOrder({ accountIdKey, orderId, orderType: 'EQ', clientOrderId: changeId, order: order(low - 1, 5) });
const changed = await broker.placeChangedOrder({ accountIdKey, orderId, orderType: 'EQ', clientOrderId: changeId, order: order(low - 1, 5), previewIds: previewIds(changePreview) });
const newId = list(changed.OrderIds)[0].orderId;
assert.notEqual(newId, orderId, 'a change gives a new number');
step('change', `${orderId} -> ${newId}`);

// Code 1524 says that the change is still being carried out: wait a second, then try again.
const cancel = await broker.cancelOrder({ accountIdKey, orderId: newId }).catch(async (error) => {
  assert.equal(Number(error.code), 1524);
  await new Promise((later) => setTimeout(later, 3000));
  return broker.cancelOrder({ accountIdKey, orderId: newId });
});
assert.equal(cancel.orderId, newId);
step('cancel', list(cancel.Messages?.Message)[0]?.code);

const orders = await broker.listOrders({ accountIdKey, count: 25 });
const listed = list(orders.Order ?? orders.orders ?? orders);
assert.ok(JSON.stringify(listed).includes(`"orderId":${newId}`), 'the list shows the order');
step('orders', listed.length);

const buyId = String(++client_id);
const high = Math.ceil(last * 110) / 100;
const buy = await broker.previewOrder({ accountIdKey, orderType: 'EQ', clientOrderId: buyId, order: order(high, 3) });
await broker.placeOrder({ accountIdKey, orderType: 'EQ', clientOrderId: buyId, order: order(high, 3), previewIds: previewIds(buy) });
let positions = [];
for (let tries = 0; tries < 20 && positions.length === 0; tries++) {
  positions = list(await broker.viewPortfolio({ accountIdKey, count: 50 })).flatMap((page) => list(page.Position));
}
assert.ok(positions.some((p) => p.Product.symbol === symbol), 'the portfolio holds the shares');
step('portfolio', positions.length);
const lots = await broker.viewLotsDetails({ accountIdKey, positionId: positions[0].positionId });
step('lots', JSON.stringify(lots).length);

const transactions = await broker.listTransactions({ accountIdKey });
step('transactions', JSON.stringify(transactions).length);
step('option dates', list(await broker.getOptionExpireDates({ symbol })).length);
const alerts = await broker.listAlerts({});
step('alerts', JSON.stringify(alerts).length);

const token = { key: access.oauth_token, secret: access.oauth_token_secret };
assert.match(String(await broker.renewAccessToken(token)), /renewed/i);
step('renew');
assert.match(String(await broker.revokeAccessToken(token)), /revoked/i);
step('revoke');
await assert.rejects(broker.listAccounts(), 'a revoked token is refused');
step('done');
