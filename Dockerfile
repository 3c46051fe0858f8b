# The server as an image that runs as nobody in particular and writes to /data only. See docs/operations.md.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
# npm fetches the web chat's client at build; without it the chat page says what is missing.
RUN apt-get update && apt-get install -y --no-install-recommends npm && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN dotnet publish src/CrossBorderNetwork.Server -c Release -r linux-x64 -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
# The letters of the pictures that coordinators get.
RUN apt-get update && apt-get install -y --no-install-recommends fonts-dejavu-core && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app .
RUN mkdir /data && chown "$APP_UID" /data
USER $APP_UID
VOLUME /data
ENV Urls=http://+:8080 \
    Database__ConnectionString="Data Source=/data/network.db" \
    DOTNET_EnableDiagnostics=0
EXPOSE 8080
ENTRYPOINT ["dotnet", "CrossBorderNetwork.Server.dll"]
