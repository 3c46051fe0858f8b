namespace CrossBorderNetwork.TestKit;

/// <summary>Folders of the repository, and folders made for one test.</summary>
public static class TestFolders
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Repository { get; } = FindRepository();

    public static string Dialogs => Path.Combine(Repository, "dialogs");

    /// <summary>A new, empty folder; whoever asks for it deletes it.</summary>
    public static string Create() => Directory.CreateTempSubdirectory("network-").FullName;

    /// <summary>Copies a folder with all that is in it.</summary>
    public static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.GetDirectories(from, "*", SearchOption.AllDirectories)) Directory.CreateDirectory(folder.Replace(from, to, StringComparison.Ordinal));
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories)) File.Copy(file, file.Replace(from, to, StringComparison.Ordinal), overwrite: true);
    }

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CrossBorderNetwork.sln"))) return folder.FullName;
        }
        throw new DirectoryNotFoundException("The tests must lie below the folder of CrossBorderNetwork.sln.");
    }
}
