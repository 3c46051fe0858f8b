using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using CrossBorderNetwork.Channels.WebChat;
using CrossBorderNetwork.Tests.Channels.WebChat;
using Microsoft.AspNetCore.Builder;

namespace CrossBorderNetwork.Tests.Channels.Compliance;

public partial class WebChatComplianceTests : ChannelCompliance
{
    private protected override Task<ChannelRig> RigAsync() => Task.FromResult<ChannelRig>(new WebChatRig());

    private sealed class WebChatRig : ChannelRig
    {
        public override string Channel => "webchat";

        public override bool CanEdit => false;

        public override bool HasRows => false;

        public override bool KeepsForTheAbsent => true;

        public override int TextLimit => 4000;

        public override void Add(WebApplicationBuilder builder, string folder)
        {
            builder.Configuration["WebChat:KeysPath"] = Path.Combine(folder, "keys");
            builder.Services.AddWebChatChannel();
        }

        public override void Map(WebApplication app) => app.MapWebChat();

        public override async Task<ChannelPerson> PersonAsync(ChannelNetwork network, string name)
        {
            var person = new WebChatPerson(network, name);
            await person.ReconnectAsync();
            return person;
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>A browser that polls. It shows the buttons of the bot's last message only, as Web Chat does.</summary>
    private sealed partial class WebChatPerson(ChannelNetwork network, string name) : ChannelPerson(network, name)
    {
        private readonly CookieContainer _cookies = new();
        private Visitor? _visitor;
        private int _said;
        private Func<Task<HttpResponseMessage>> _last = null!;

        public override string Address => Visitor.Conversation;

        private Visitor Visitor => _visitor ?? throw new InvalidOperationException("The browser is closed.");

        public override async Task ReconnectAsync()
        {
            Dispose();
            _visitor = new Visitor(Network.Address, _cookies);
            await _visitor.OpenAsync();
        }

        public override void Dispose() => _visitor?.Dispose();

        protected override Task WriteAsync(string text)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"client-{++_said}");
            return PostAsync(() => Visitor.SayAsync(text, id));
        }

        protected override Task PressAsync(ShownButton button) => PostAsync(() => Visitor.PressAsync(button.Label, button.Token));

        protected override Task ArriveAsync(string payload) => PostAsync(() => Visitor.PostAsync($$"""{"type":"event","name":"webchat/start","value":"{{payload}}"}"""));

        protected override Task AttachAsync() => PostAsync(() =>
            Visitor.PostAsync("""{"type":"message","attachments":[{"contentType":"image/png","name":"sticker.png","contentUrl":"data:image/png;base64,AAAA"}]}"""));

        protected override Task RepeatAsync() => PostAsync(_last);

        protected override Task LeaveAsync()
        {
            Dispose();
            return Task.CompletedTask;
        }

        protected override Task ReturnAsync() => ReconnectAsync();

        protected override async Task<IReadOnlyList<ShownMessage>> ReadScreenAsync()
        {
            var lines = (await Visitor.PollAsync()).Activities.Where(activity => activity.GetProperty("from").GetProperty("role").GetString() == "bot").ToList();
            return [.. lines.Select((activity, i) => Read(activity, isLast: i == lines.Count - 1))];
        }

        /// <summary>Sends as a client does that is told to wait.</summary>
        private async Task PostAsync(Func<Task<HttpResponseMessage>> post)
        {
            _last = post;
            while (true)
            {
                using var answer = await post();
                if (answer.StatusCode != HttpStatusCode.TooManyRequests)
                {
                    answer.EnsureSuccessStatusCode();
                    return;
                }
                await Task.Delay(answer.Headers.RetryAfter!.Delta!.Value / 4, TimeProvider.System);
            }
        }

        private static ShownMessage Read(JsonElement activity, bool isLast)
        {
            var id = activity.GetProperty("id").GetString()!;
            var markdown = activity.Text().Replace("\\\n", "\n", StringComparison.Ordinal);
            IReadOnlyList<ShownButton> buttons = isLast && activity.TryGetProperty("suggestedActions", out var actions)
                ? [.. actions.GetProperty("actions").EnumerateArray().Select(action => new ShownButton(action.GetProperty("title").GetString()!, action.GetProperty("value").GetProperty("token").GetString()!, id))]
                : [];
            var file = activity.TryGetProperty("attachments", out var attached) ? attached[0].GetProperty("name").GetString() : null;
            return new ShownMessage(id, Plain(markdown), [.. Bold().Matches(markdown).Select(bold => Plain(bold.Groups["text"].Value))], buttons.Count > 0 ? [buttons] : [], file);
        }

        /// <summary>What a Markdown reader shows: marks and link targets go, references become signs.</summary>
        private static string Plain(string markdown) =>
            WebUtility.HtmlDecode(Marks().Replace(Links().Replace(markdown, "${label}"), "")).Replace("\u200b", "", StringComparison.Ordinal).Replace('\u00a0', ' ');

        [GeneratedRegex(@"\*\*(?<text>[^*]+)\*\*", RegexOptions.ExplicitCapture, 1000)]
        private static partial Regex Bold();

        [GeneratedRegex(@"\*+", RegexOptions.None, 1000)]
        private static partial Regex Marks();

        [GeneratedRegex(@"\[(?<label>[^\]]*)\]\([^)]*\)", RegexOptions.ExplicitCapture, 1000)]
        private static partial Regex Links();
    }
}
