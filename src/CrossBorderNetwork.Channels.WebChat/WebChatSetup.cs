using CrossBorderNetwork.Channels.WebChat.DirectLine;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CrossBorderNetwork.Channels.WebChat;

public static class WebChatSetup
{
    /// <summary>Adds the channel. The host also registers <see cref="WebChatTexts"/> and, if it has them, a <see cref="WebChatPanel"/> and <see cref="TextPage"/>s.</summary>
    public static IServiceCollection AddWebChatChannel(this IServiceCollection services)
    {
        services.AddOptions<WebChatOptions>().BindConfiguration(WebChatOptions.Section);
        services.AddDataProtection().SetApplicationName("CrossBorderNetwork");
        services.AddOptions<KeyManagementOptions>().Configure<IOptions<WebChatOptions>, ILoggerFactory>((keys, options, log) =>
            keys.XmlRepository ??= new FileSystemXmlRepository(new DirectoryInfo(options.Value.KeysPath), log));
        services.AddSingleton<WebChatVisitors>();
        services.AddSingleton<VisitorLimits>();
        services.AddSingleton<ActivityStreams>();
        services.AddSingleton<WebChatRows>();
        services.AddSingleton<DirectLineTokens>();
        services.AddSingleton(provider => new WebChatAdapter(
            provider.GetRequiredService<Database>(), provider.GetRequiredService<WebChatRows>(), provider.GetRequiredService<MediaFiles>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IOptions<WebChatOptions>>().Value));
        services.AddSingleton<ChannelAdapter>(provider => provider.GetRequiredService<WebChatAdapter>());
        services.AddSingleton<DirectLineApi>();
        services.AddSingleton<PageAssets>();
        services.AddSingleton<PageFrame>();
        services.AddSingleton<ChatPage>();
        services.AddSingleton<TextPages>();
        return services;
    }

    /// <summary>Serves the chat page at <c>/</c>, its files under <c>/webchat</c> and Direct Line under <c>/v3/directline</c>.</summary>
    /// <exception cref="InvalidOperationException">A sentence of the page is missing in a language.</exception>
    public static WebApplication MapWebChat(this WebApplication app)
    {
        app.Services.GetRequiredService<WebChatTexts>().Check();
        var pages = app.Services.GetRequiredService<TextPages>();
        var assets = app.Services.GetRequiredService<PageAssets>();
        // The notices stand for the whole service, also where only a messenger is used.
        foreach (var text in app.Services.GetServices<TextPage>()) app.MapGet(text.Path, (HttpContext http) => pages.Show(http, text));
        app.MapGet("/webchat/{name}", (HttpContext http, string name) => assets.Serve(http, name));
        if (!app.Services.GetRequiredService<IOptions<WebChatOptions>>().Value.Enabled) return app;
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(15), KeepAliveTimeout = TimeSpan.FromSeconds(30) });
        app.Services.GetRequiredService<DirectLineApi>().Map(app);
        var page = app.Services.GetRequiredService<ChatPage>();
        // Without the cast it would be taken for a RequestDelegate, whose result nobody executes.
        app.MapGet("/", (Delegate)page.ShowAsync);
        app.MapGet("/webchat/files/{id}", DownloadAsync);
        return app;
    }

    private static async Task<IResult> DownloadAsync(HttpContext http, string id, WebChatVisitors visitors, WebChatRows rows, CancellationToken ct)
    {
        if (visitors.Current(http) is not { } visitor || await rows.FileAsync(visitor, id, ct) is not { } file) return Results.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        // But for pictures always a download, never shown: a file is no page of this site.
        return WebChatAdapter.IsPicture(file.ContentType) ? Results.Bytes(file.Content, file.ContentType) : Results.Bytes(file.Content, WebChatAdapter.Download, file.Name);
    }
}
