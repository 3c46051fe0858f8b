using CrossBorderNetwork.Tests;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace CrossBorderNetwork.Tests;

/// <summary>Begins with the tests that take minutes, so that at the end none of them is left running alone.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] TakeMinutes = ["ThreeNodesTests", "KillTests", "KillOnPostgreSqlTests", "CleanStopTests", "SimulatedYearTests"];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderByDescending(collection => TakeMinutes.Any(name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal)))];
}
