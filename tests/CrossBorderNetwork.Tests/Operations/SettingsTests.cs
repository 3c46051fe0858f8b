using System.Net;
using System.Text.Json.Nodes;
using CrossBorderNetwork.TestKit;

namespace CrossBorderNetwork.Tests.Operations;

public sealed class SettingsTests
{
    [Fact]
    public async Task All_settings_of_the_wrong_form_are_named_at_once_and_none_is_quoted()
    {
        var folder = TestFolders.Create();
        (string Setting, string Words)[] wrong =
        [
            ("Telegram__Receive", "Polling or Webhook"), ("Telegram__Token", "a bot token"), ("Telegram__ApiBaseUrl", "an address without a path"), ("Delivery__Window", "a whole number"), ("Delivery__MessagesPerSecond", "a whole number"),
            ("WebChat__Enabled", "true or false"), ("WebChat__PublicUrl", "public address"), ("Network__Coordinators__0__Telegram", "a whole number"), ("Network__Coordinators__0__Country", "LT or PL"), ("Backup__KeepDays", "a whole number"),
            ("Backup__Daily", "true or false"), ("Health__LongestInboxWait", "a time span"), ("Proxy__Trusted", "addresses or networks"),
            ("Logging__Format", "Text or Json"), ("Matching__Score__Topics", "a number"), ("OTEL_EXPORTER_OTLP_ENDPOINT", "the address of a collector"),
            ("Urls", "addresses to listen at"), ("Schedules__digest", "cron"),
        ];

        var result = await ServerVerb.RunAsync(folder, wrong.Select(setting => (setting.Setting, setting.Setting switch
        {
            "Schedules__digest" => "never",
            "Telegram__Token" => "my-secret-cut-off",
            _ => "4242:my-secret-in-the-wrong-place",
        })));

        result.ExitCode.ShouldBe(1, result.Output);
        foreach (var (setting, words) in wrong)
        {
            var name = setting.Replace("__", ":", StringComparison.Ordinal);
            result.Lines.ShouldContain(line => line.StartsWith("Configuration: " + name, StringComparison.Ordinal) && line.Contains(words, StringComparison.Ordinal), result.Output);
        }
        result.Lines.Count.ShouldBe(wrong.Length, result.Output);
        result.Output.ShouldNotContain("my-secret");
        Directory.GetFileSystemEntries(folder).ShouldBeEmpty();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_settings_file_that_breaks_off_is_named_with_its_line()
    {
        var folder = TestFolders.Create();
        Directory.CreateDirectory(Path.Combine(folder, "dialogs"));
        await File.WriteAllTextAsync(Path.Combine(folder, "appsettings.json"), "{\n  \"Delivery\": {\n    \"Window\": 8\n");

        foreach (var result in new[] { await ServerVerb.RunAsync(folder), await ServerVerb.RunAsync(folder, "doctor") })
        {
            result.ExitCode.ShouldBe(1);
            result.Output.ShouldContain("appsettings.json");
            result.Output.ShouldNotContain("   at ");
        }
        (await ServerVerb.RunAsync(folder)).Output.ShouldContain("LineNumber: 3");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_not_touched()
    {
        await using var network = await OperatedNetwork.StartAsync();
        (await network.Server.StopAsync()).ShouldBe(0);
        await network.Server.SqlAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('20990101000000_Future', '99')");

        var start = await network.RunAsync();

        start.ExitCode.ShouldBe(1);
        start.Output.ShouldContain("made by a newer version of this service (it has been through 20990101000000_Future)");
        start.Output.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task What_the_server_writes_lies_in_the_folder_of_the_database()
    {
        await using var server = await ServerProcess.StartAsync();
        using var browser = new HttpClient();
        (await browser.GetAsync(server.Address)).EnsureSuccessStatusCode();

        Directory.GetFileSystemEntries(server.Folder).Select(Path.GetFileName).ShouldBe(["data", "server.log"], ignoreOrder: true);
        Directory.GetFiles(Path.Combine(server.Folder, "data", "keys")).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("10.0.0.0/8", false)]
    [InlineData("127.0.0.1, ::1", true)]
    public async Task Only_a_trusted_proxy_is_believed_that_the_visitor_came_by_https(string trusted, bool isBelieved)
    {
        await using var server = await ServerProcess.StartAsync(("Proxy__Trusted", trusted));
        using var proxy = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Address);
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-For", "192.0.2.7");

        using var answer = await proxy.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("Set-Cookie").Any(cookie => cookie.StartsWith("__Host-", StringComparison.Ordinal)).ShouldBe(isBelieved);
    }

    [Fact]
    public async Task In_a_container_each_line_of_the_log_is_one_JSON_object_with_a_UTC_time()
    {
        await using var server = await ServerProcess.StartAsync(("DOTNET_RUNNING_IN_CONTAINER", "true"));
        (await server.StopAsync()).ShouldBe(0);

        var lines = server.Log.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        lines.Length.ShouldBeGreaterThan(2);
        foreach (var line in lines) JsonNode.Parse(line)!["Timestamp"]!.GetValue<string>().ShouldEndWith("Z");
    }
}
