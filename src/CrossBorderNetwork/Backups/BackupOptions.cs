namespace CrossBorderNetwork.Backups;

/// <summary>Settings under <c>Backup</c>.</summary>
public sealed class BackupOptions
{
    public const string Section = "Backup";

    /// <summary>One backup a day, by the server itself.</summary>
    public bool Daily { get; set; } = true;

    /// <summary>Where they are kept; empty: <c>backups</c> beside the database file. A relative path begins there, too.</summary>
    public string Folder { get; set; } = "";

    /// <summary>After so many days a backup is deleted, and with it the last trace of those who were erased meanwhile.</summary>
    public int KeepDays { get; set; } = 14;
}
