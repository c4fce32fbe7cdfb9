namespace EtradeBot.Simulator.Faults;

/// <summary>Every fault the simulator can commit, and the calls it can strike.</summary>
public static class FaultCatalog
{
    /// <summary>Names of the calls, for <see cref="Fault.Call"/>.</summary>
    public static IReadOnlyList<string> Calls { get; } =
    [
        "request-token", "access-token", "renew-token", "revoke-token",
        "accounts", "balance", "portfolio", "lots", "transactions", "transaction",
        "orders", "order", "preview", "place", "change-preview", "change-place", "cancel",
        "quote", "lookup", "option-chains", "option-dates", "alerts", "alert", "delete-alerts",
    ];

    public static IReadOnlyList<FaultInfo> All { get; } =
    [
        new("lost-answer", "delivery", "F1", "The request is carried out, its answer never comes."),
        new("lost-request", "delivery", "F2", "The request is dropped before it is looked at, and no answer comes."),
        new("reset", "delivery", "F4", "The request is carried out; the connection is cut after VALUE bytes of the answer's body (0: before the first byte of all)."),
        new("refuse-connection", "delivery", "F9", "The connection is cut before the request is looked at, as in an outage."),
        new("duplicate-answer", "delivery", "F5", "The answer to the call of this kind before this one is sent once more; the request is carried out."),
        new("captive-page", "delivery", "F7", "A proxy's login page in HTML with status 200; the request is not looked at."),
        new("slow", "delivery", "F6 F8", "The answer waits VALUE seconds (5)."),
        new("drip", "delivery", "F8", "The answer comes a byte every VALUE seconds (0.5)."),

        new("status-before", "http", "F10 F11", "HTTP status VALUE (503) with a page in HTML; the request is not carried out."),
        new("status-after", "http", "F11", "HTTP status VALUE (503) with a page in HTML, although the request was carried out."),
        new("rate-limit", "http", "F12", "Refused by the rate limit: status VALUE (400); TEXT html or json (json)."),
        new("error-before", "http", "F13 F14 F34", "Error number VALUE (163) with its usual status; the request is not carried out. TEXT: the broker's words."),
        new("error-after", "http", "F13", "Error number VALUE (100), although the request was carried out."),
        new("xml-error", "http", "F16", "As error-before, but in XML although JSON was asked for."),
        new("malformed", "http", "F16", "The request is carried out and its answer is damaged: TEXT truncated, wrong-type, null, nan, huge-number, bare-object, unknown-word, duplicate-key, bom or ten-megabytes (truncated)."),
        new("empty-list", "http", "F17", "Status 204 although the list has entries."),
        new("paging-shift", "http", "F18", "An order more stands at the head of the list from the second page on, so that pages overlap."),

        new("kill-token", "token", "F19", "The access token dies before the request is carried out: 401."),
        new("kill-token-after", "token", "F19", "The request is carried out, then the token dies: 401."),
        new("renew-fails", "token", "F21", "Renewing is answered with 401."),
        new("key-rejected", "token", "F22", "401 consumer_key_rejected."),
        new("timestamp-refused", "token", "F22", "401 timestamp_refused."),
        new("nonce-used", "token", "F22", "401 nonce_used."),
        new("signature-invalid", "token", "F22", "401 signature_invalid."),

        new("frozen", "market", "F23", "The last quote is repeated with a fresh time."),
        new("stale", "market", "F23 F28", "The quote of VALUE seconds ago (30), with that time."),
        new("crossed", "market", "F24", "Bid and ask change places."),
        new("zero-price", "market", "F24", "Last, bid and ask are 0."),
        new("negative-price", "market", "F24", "Last is below 0."),
        new("missing-side", "market", "F24", "No bid: price and size are 0."),
        new("spike", "market", "F25", "One quote is off by the factor VALUE (1.5)."),
        new("delayed", "market", "F26", "The quote of 15 minutes ago, marked DELAYED."),
        new("adjusted", "market", "F26", "The quote is marked as adjusted."),
        new("after-hours-print", "market", "F26", "A quote of the regular session is marked as after hours."),
        new("halt", "market", "F27", "Trading in the symbol stops: no prints and no fills while the fault is set."),
        new("volume-reset", "market", "F28", "The day's volume starts at 0 again."),
        new("missing-symbol", "market", "F28", "The symbol is left out of the answer."),
        new("closed", "market", "F29", "The market is closed out of turn while the fault is set."),

        new("partial-fill", "order", "F30", "A fill takes VALUE (0.4) of what is left, at least one share; the rest waits for the next print."),
        new("no-fill", "order", "F30", "An order that could fill does not."),
        new("late-visible", "order", "F3", "An accepted order shows in lists and details after VALUE seconds (30) only."),
        new("reject-after", "order", "F34", "An accepted order is rejected at the next print."),
        new("cancel-race", "order", "F31 F32", "A cancel is accepted, and the order fills all the same."),
        new("cancel-lost", "order", "F32", "A cancel is accepted, and nothing happens to the order."),
        new("slow-cancel", "order", "F31", "A cancel takes VALUE seconds (5) to be carried out."),
        new("slow-change", "order", "F33", "After a change the new order is still being updated for VALUE seconds (2): changing and cancelling it is refused with 1524."),
        new("change-shows-both", "order", "F33", "After a change both order numbers are open for VALUE seconds (5)."),
        new("change-shows-neither", "order", "F33", "After a change neither order number is listed for VALUE seconds (5)."),
        new("place-differs", "order", "F15", "The order is accepted for VALUE times (2) the shares asked for."),
        new("preview-differs", "order", "F14", "The preview answers with a limit price off by VALUE dollars (0.10)."),
        new("bust", "order", "F35", "The last execution is taken back."),
        new("reopen", "order", "F35", "The order that ended last is open again."),
        new("foreign-order", "order", "F36", "A person enters a buy order for VALUE shares (10) of the symbol, of a type the API cannot place."),
        new("foreign-cancel", "order", "F36", "A person cancels the newest open order."),
        new("foreign-sell", "order", "F36", "A person sells all shares held of the symbol."),
        new("wrong-account", "order", "F37", "Balance and portfolio answer as if the account were empty."),
        new("split", "order", "F38", "A split of VALUE (2) shares for one: holdings, prices and open orders change."),
    ];
}
