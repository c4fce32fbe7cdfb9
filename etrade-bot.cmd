@echo off
rem Builds the program (quick when nothing changed), then runs it with the arguments given.
setlocal
set ROOT=%~dp0
set OUT=%ROOT%artifacts\run
where dotnet >nul 2>nul || (echo etrade-bot: the .NET 10 SDK is missing: install it from https://dotnet.microsoft.com/download 1>&2 & exit /b 1)
dotnet publish "%ROOT%src\EtradeBot.App\EtradeBot.App.csproj" -c Release -o "%OUT%" --nologo -v quiet --use-current-runtime --no-self-contained -p:PublishReadyToRun=true > "%TEMP%\etrade-bot-build.log" 2>&1
if errorlevel 1 (
  echo etrade-bot: the build failed: 1>&2
  type "%TEMP%\etrade-bot-build.log" 1>&2
  exit /b 1
)
if "%1"=="train" (
  rem The training program carries PyTorch: built only when it is needed.
  dotnet publish "%ROOT%src\EtradeBot.Training\EtradeBot.Training.csproj" -c Release -o "%OUT%\training" --nologo -v quiet > "%TEMP%\etrade-bot-build.log" 2>&1
  if errorlevel 1 (
    echo etrade-bot: the build of the training program failed: 1>&2
    type "%TEMP%\etrade-bot-build.log" 1>&2
    exit /b 1
  )
)
dotnet "%OUT%\etrade-bot.dll" %*
exit /b %ERRORLEVEL%
