using System.Runtime.CompilerServices;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.TestKit;
using Xunit.v3;

namespace CrossBorderNetwork.Tests.PostgreSql;

/// <summary>
/// Marks a class whose tests run on PostgreSQL. Most are the tests of another class once more: <see cref="SuiteOnPostgreSql"/>
/// lists them. Where PostgreSQL is not installed they are skipped, and say why.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OnPostgreSqlAttribute : Attribute
{
    [ModuleInitializer]
    internal static void Choose() => TestDatabase.Chosen = () =>
    {
        if (TestContext.Current.TestClass is not IXunitTestClass { Class: var tests } || !tests.IsDefined(typeof(OnPostgreSqlAttribute), inherit: false)) return DatabaseProvider.Sqlite;
        Assert.SkipUnless(PostgresCluster.IsInstalled, PostgresCluster.Missing);
        return DatabaseProvider.PostgreSql;
    };
}
