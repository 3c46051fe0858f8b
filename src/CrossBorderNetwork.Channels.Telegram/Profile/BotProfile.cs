namespace CrossBorderNetwork.Channels.Telegram;

/// <summary>What the bot says about itself in Telegram's own menus. English stands for every language that is not named.</summary>
/// <param name="Texts">By two-letter language.</param>
/// <param name="CoordinatorsAsync">The private chats, known to the bot, of those who are offered the coordinators' commands too; asked again and again.</param>
public sealed record BotProfile(IReadOnlyDictionary<string, ProfileTexts> Texts, Func<CancellationToken, Task<IReadOnlyList<long>>> CoordinatorsAsync);

/// <summary>The bot's texts in one language.</summary>
/// <param name="Name">At most 64 characters; null leaves the name as it is at @BotFather.</param>
/// <param name="Description">Shown before the first message; at most 512 characters.</param>
/// <param name="ShortDescription">Shown on the bot's page; at most 120 characters.</param>
/// <param name="Commands">Offered to everybody in a private chat.</param>
/// <param name="CoordinatorCommands">Offered to coordinators in addition.</param>
public sealed record ProfileTexts(
    string? Name,
    string Description,
    string ShortDescription,
    IReadOnlyList<ProfileCommand> Commands,
    IReadOnlyList<ProfileCommand> CoordinatorCommands);

/// <summary>One command of the menu.</summary>
/// <param name="Name">1 to 32 of a-z, 0-9 and _, without the slash.</param>
/// <param name="Description">1 to 256 characters.</param>
public sealed record ProfileCommand(string Name, string Description);
