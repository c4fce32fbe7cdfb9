return EtradeBot.App.Commands.CommandLine.Run(args);
