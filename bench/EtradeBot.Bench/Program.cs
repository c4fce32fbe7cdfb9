Console.WriteLine(typeof(EtradeBot.Market.Candle).Assembly.FullName);
