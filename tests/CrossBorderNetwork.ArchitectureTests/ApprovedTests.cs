using CrossBorderNetwork.Channels.Telegram;
using CrossBorderNetwork.Channels.WebChat;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Digests;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CrossBorderNetwork.ArchitectureTests;

/// <summary>
/// What the server finds by scan has no list in the code that a reviewer would see change. So the list stands here, and a change of
/// it is seen in the same commit.
/// </summary>
public sealed class ApprovedTests
{
    private static readonly string Approved = Path.Combine(House.Root, "tests/CrossBorderNetwork.ArchitectureTests/found.approved.txt");

    [Fact]
    public void What_the_server_finds_is_what_was_approved()
    {
        var found = Found().ToList();
        var written = Path.Combine(AppContext.BaseDirectory, "found.txt");
        File.WriteAllLines(written, found);
        var approved = File.ReadAllLines(Approved);

        approved.Length.ShouldBeGreaterThan(100);
        found.Except(approved).Select(line => "+ " + line).Concat(approved.Except(found).Select(line => "- " + line))
            .ShouldBeEmpty($"What dialogs, actions, sections, jobs and channels there are has changed. If that is meant: cp {written} {Approved}");
    }

    private static IEnumerable<string> Found()
    {
        var content = DialogContent.Load(Path.Combine(House.Root, "dialogs"));
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration["Telegram:Token"] = "4200000001:no-call-is-made-with-this";
        builder.Services.AddSingleton(new DatabaseOptions { ConnectionString = "Data Source=:memory:" });
        builder.Services.AddSingleton(new ModelParts([typeof(Inbox).Assembly, typeof(NetworkSetup).Assembly, typeof(WebChatAdapter).Assembly]));
        builder.Services.AddSingleton<Database>().AddSingleton(TimeProvider.System);
        builder.Services.AddConversations(content).AddNetwork().AddMessaging().AddTelegramChannel().AddWebChatChannel();
        using var host = builder.Build();
        var services = host.Services;
        return
        [
            .. Lines("dialog", content.Dialogs.Values.Select(dialog => string.Join(' ', [dialog.Name, .. dialog.Commands.Select(command => "/" + command)]))),
            .. Lines("action", services.GetRequiredService<ActionSet>().All.Select(action => $"{action.Name}: {string.Join(", ", action.Outcomes)}")),
            .. Lines("section", services.GetServices<IDigestSection>().Select(section => section.Name)),
            .. Lines("job", services.GetServices<IScheduledJob>().Select(job => $"{job.Name}: {job.Schedule}")),
            .. Lines("channel", services.GetServices<ChannelAdapter>().Select(adapter => adapter.Channel)),
        ];
    }

    private static IEnumerable<string> Lines(string kind, IEnumerable<string> names) => names.Order(StringComparer.Ordinal).Select(name => $"{kind} {name}");
}
