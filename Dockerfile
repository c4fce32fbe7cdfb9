# etrade-bot in a container.
#   docker build --target slim -t etrade-bot:slim .            everything but training
#   docker build --target training -t etrade-bot:training .    with etrade-bot-train and Torch
# It runs as a user without rights, on a root that may be read-only, and writes to /data and nowhere else.
# build/check-image.sh does the same steps without a container engine.

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS source
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY Directory.Build.* Directory.Packages.props global.json BannedSymbols.txt .editorconfig ./
COPY build/ build/
COPY src/ src/

FROM source AS build-slim
RUN build/publish.sh slim /app

FROM source AS build-training
RUN build/publish.sh training /training

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS slim
# No diagnostics socket: nobody attaches to a program that holds keys.
ENV ETRADE_BOT_DATA=/data DOTNET_EnableDiagnostics=0 PATH=/app:$PATH
# The mode lets no other user of the host read keys and journal in the volume.
RUN mkdir -m 700 /data && chown "$APP_UID:$APP_UID" /data
COPY --from=build-slim /app /app
USER $APP_UID
# The working folder holds .env and strategies/, so both come from the volume.
WORKDIR /data
VOLUME /data
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 CMD ["/app/etrade-bot", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/app/etrade-bot"]
CMD ["dashboard"]

FROM slim AS training
COPY --from=build-training /training /app/training
