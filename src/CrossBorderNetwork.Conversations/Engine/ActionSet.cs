using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace CrossBorderNetwork.Conversations;

/// <summary>All actions that dialogs can call, by name.</summary>
public sealed class ActionSet(IEnumerable<IDialogAction> actions)
{
    private readonly Dictionary<string, IDialogAction> _byName = actions.ToDictionary(action => action.Name);

    public IReadOnlyCollection<IDialogAction> All => _byName.Values;

    public IDialogAction Get(string name) => _byName[name];

    public IDialogAction? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Registers every action of an assembly.</summary>
    public static void AddFrom(IServiceCollection services, Assembly assembly)
    {
        foreach (var type in assembly.GetTypes().Where(type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(IDialogAction))))
            services.AddSingleton(typeof(IDialogAction), type);
    }
}

/// <summary>Sets the language of the conversation to the answer <c>language</c>.</summary>
internal sealed class SetLanguage : IDialogAction
{
    public string Name => "conversation.set-language";

    public IReadOnlyList<string> Outcomes => ["set"];

    // The person may go back and choose again; but an earlier choice is never made anew.
    public bool ChangesSomething => false;

    public bool CanRepeat => false;

    public Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        context.Turn.Conversation.Language = Messaging.Languages.Closest(context.Answers.Text("language"));
        context.Turn.Conversation.LanguageChosen = true;
        return Task.FromResult("set");
    }
}
