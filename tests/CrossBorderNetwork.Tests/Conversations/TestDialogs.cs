using CrossBorderNetwork.TestKit;

namespace CrossBorderNetwork.Tests.Conversations;

/// <summary>The small dialogs beside this file, on which the engine is tried.</summary>
internal static class TestDialogs
{
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Conversations", "dialogs");

    public static Task<TestNetwork> StartAsync(TestNetworkOptions? options = null) =>
        TestNetwork.StartAsync((options ?? new TestNetworkOptions()) with { DialogsFolder = Folder });
}
