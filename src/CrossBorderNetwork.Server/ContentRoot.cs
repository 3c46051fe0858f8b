namespace CrossBorderNetwork.Server;

/// <summary>
/// Finds settings, dialogs and data: in the folder that the server was started from or one above it (<c>dotnet run</c> starts it in
/// its project's folder), or else beside the program.
/// </summary>
internal static class ContentRoot
{
    public static string Find()
    {
        for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Dialogs(folder.FullName)) && File.Exists(Path.Combine(folder.FullName, "appsettings.json"))) return folder.FullName;
        }
        return AppContext.BaseDirectory;
    }

    public static string Dialogs(string root) => Path.Combine(root, "dialogs");
}
