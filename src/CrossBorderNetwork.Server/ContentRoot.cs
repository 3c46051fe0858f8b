namespace CrossBorderNetwork.Server;

/// <summary>Finds settings, dialogs and data: in the folder that the server was started from, or else beside the program.</summary>
internal static class ContentRoot
{
    public static string Find()
    {
        var here = Directory.GetCurrentDirectory();
        return Directory.Exists(Path.Combine(here, "dialogs")) ? here : AppContext.BaseDirectory;
    }

    public static string Dialogs(string root) => Path.Combine(root, "dialogs");
}
