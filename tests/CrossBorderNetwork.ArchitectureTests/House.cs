using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace CrossBorderNetwork.ArchitectureTests;

/// <summary>The tree and the assemblies that the rules are about.</summary>
internal static class House
{
    public static readonly string Root = FindRoot();

    public static readonly IReadOnlyList<Assembly> Assemblies =
    [
        typeof(Data.Database).Assembly,
        typeof(Messaging.Inbox).Assembly,
        typeof(Conversations.DialogBot).Assembly,
        typeof(NetworkSetup).Assembly,
        typeof(Channels.Telegram.TelegramSetup).Assembly,
        typeof(Channels.WebChat.WebChatSetup).Assembly,
        Assembly.Load("CrossBorderNetwork.Server"),
    ];

    /// <summary>Types that people wrote, without what the compiler and source generators add.</summary>
    public static IEnumerable<Type> Types(Assembly assembly) => assembly.GetTypes().Where(type =>
        type.Namespace?.StartsWith("CrossBorderNetwork", StringComparison.Ordinal) == true
        && !type.Name.Contains('<', StringComparison.Ordinal)
        && type.GetCustomAttribute<CompilerGeneratedAttribute>() is null
        && type.Namespace.EndsWith(".Migrations", StringComparison.Ordinal) == false
        && type.Namespace.Contains(".Migrations.", StringComparison.Ordinal) == false);

    public static IEnumerable<string> Sources(params string[] folders) => folders
        .SelectMany(folder => Directory.GetFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
        .Where(path => !path.Contains("/Migrations/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/node_modules/", StringComparison.Ordinal));

    public static IReadOnlyDictionary<string, string[]> ProjectReferences() => Directory
        .GetFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
        .ToDictionary(
            path => Path.GetFileNameWithoutExtension(path),
            path => XDocument.Load(path).Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)).Order(StringComparer.Ordinal).ToArray());

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "CrossBorderNetwork.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
