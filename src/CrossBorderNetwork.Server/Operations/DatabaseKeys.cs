using System.Xml.Linq;
using CrossBorderNetwork.Data;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace CrossBorderNetwork.Server;

/// <summary>
/// Keeps the keys that sign the visitors' cookies in a database that servers share, so that each reads what another has signed.
/// They stand there as they stand in the folder of a single server: whoever may read the database may read them.
/// </summary>
internal sealed class DatabaseKeys(Database database) : IXmlRepository
{
    private const string Select = "SELECT value FROM network_state WHERE key LIKE 'cookie-key:%'";
    private const string Insert = "INSERT INTO network_state (key, value) VALUES ('cookie-key:' || @1, @2)";

    public IReadOnlyCollection<XElement> GetAllElements() => WorkAsync(work =>
    {
        var keys = new List<XElement>();
        using var rows = work.Query(Select);
        while (rows.Read()) keys.Add(XElement.Parse(rows.GetString(0)));
        return keys;
    }).GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName) =>
        WorkAsync(work => work.Execute(Insert, friendlyName, element.ToString(SaveOptions.DisableFormatting))).GetAwaiter().GetResult();

    private async Task<T> WorkAsync<T>(Func<UnitOfWork, T> deed)
    {
        await using var work = await database.BeginMovingAsync(CancellationToken.None).ConfigureAwait(false);
        var result = deed(work);
        await work.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        return result;
    }
}
