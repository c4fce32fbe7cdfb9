// trades
