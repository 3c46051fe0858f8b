using System.CommandLine;
using System.Globalization;
using CrossBorderNetwork.Data;

namespace CrossBorderNetwork.Server.Commands;

/// <summary><c>backup FILE</c> copies the database while people write.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "The file to write; it must not exist yet." };
        var command = new Command("backup", "Copies the database to a file, consistent and checked, beside the running server.") { file };
        command.SetAction(parsed => Run(parsed.GetValue(file)!.FullName));
        return command;
    }

    private static int Run(string file)
    {
        var here = Surroundings.Read();
        if (here.DatabaseFile is not { } database) return CommandLine.Refuse("The database is no file; back it up by its own means, such as pg_dump.");
        if (!File.Exists(database)) return CommandLine.Refuse($"There is no database at {Surroundings.Short(database)} yet. Check Database:ConnectionString.");
        BackupFile.Write(here.Database.ConnectionString, file);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Surroundings.Short(file)} holds the database of now ({new FileInfo(file).Length / 1024.0 / 1024:0.0} MB), checked."));
        return 0;
    }
}
