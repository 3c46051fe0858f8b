using System.Reflection;
using CrossBorderNetwork.Backups;
using CrossBorderNetwork.Broadcasts;
using CrossBorderNetwork.Calls;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Cooperations;
using CrossBorderNetwork.Digests;
using CrossBorderNetwork.Events;
using CrossBorderNetwork.Introductions;
using CrossBorderNetwork.Matching;
using CrossBorderNetwork.Matching.Rounds;
using CrossBorderNetwork.Matching.Scoring;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Rounds;
using CrossBorderNetwork.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace CrossBorderNetwork;

public static class NetworkSetup
{
    /// <summary>Adds the slices: actions, digest sections and jobs are found by scan, verbs are named here.</summary>
    public static IServiceCollection AddNetwork(this IServiceCollection services)
    {
        services.AddOptions<NetworkOptions>().BindConfiguration(NetworkOptions.Section);
        var assembly = typeof(NetworkSetup).Assembly;
        ActionSet.AddFrom(services, assembly);
        AddAll<IDigestSection>(services, assembly);
        AddAll<IScheduledJob>(services, assembly);
        services.AddSingleton<Rights>();
        services.AddSingleton<Notify>();
        services.AddSingleton<Seats>();
        services.AddSingleton<PublishEvent>();
        services.AddSingleton<CancelEvent>();
        services.AddSingleton<PublishCall>();
        services.AddSingleton<Interests>();
        services.AddSingleton<CloseCall>();
        services.AddSingleton<ComposeDigest>();
        services.AddOptions<DigestOptions>().BindConfiguration(DigestOptions.Section);
        services.AddOptions<BroadcastOptions>().BindConfiguration(BroadcastOptions.Section);
        services.AddSingleton<Audience>();
        services.AddSingleton<AnnouncementView>();
        services.AddSingleton<DeskNotes>();
        services.AddSingleton<SecondYes>();
        services.AddSingleton<Announce>();
        services.AddSingleton<Steer>();
        services.AddSingleton<Amend>();
        services.AddSingleton<Progress>();
        services.AddSingleton(provider => new AfterOptingOut((work, member, ct) => Audience.DropUnwantedAsync(work, provider.GetRequiredService<Outbox>(), member, ct)));
        services.AddSingleton(new BeforeErasure(Discard.OfPersonAsync));
        services.AddSingleton<JobRunner>();
        services.AddOptions<MatchingOptions>().BindConfiguration(MatchingOptions.Section);
        services.AddOptions<ScoreWeights>().BindConfiguration(ScoreWeights.Section);
        services.AddSingleton<PartnerPool>();
        services.AddHostedService(provider => provider.GetRequiredService<PartnerPool>());
        services.AddSingleton<ReasonTexts>();
        services.AddSingleton<PartnerCards>();
        services.AddSingleton<PartnerSearch>();
        services.AddSingleton<IntroductionNotices>();
        services.AddSingleton<FindInterpreter>();
        services.AddSingleton<AskForIntroduction>();
        services.AddSingleton<AnswerIntroduction>();
        services.AddSingleton<LeaveIntroductions>();
        services.AddSingleton<ProposeIntroduction>();
        services.AddSingleton(provider => new BeforeErasure(provider.GetRequiredService<LeaveIntroductions>().RunAsync));
        services.AddSingleton<CooperationCard>();
        services.AddSingleton<CooperationNotices>();
        services.AddSingleton<Cooperate>();
        services.AddSingleton<NoteAgreement>();
        services.AddSingleton<AnswerFollowUp>();
        services.AddSingleton<MeetingNotices>();
        services.AddSingleton<ArrangeMeeting>();
        services.AddSingleton(new BeforeErasure(LeaveCooperations.RunAsync));
        services.AddOptions<RoundSettings>().BindConfiguration(RoundSettings.Section);
        services.AddOptions<RoundOptions>().BindConfiguration(RoundOptions.Section);
        services.AddSingleton<StartRound>();
        services.AddSingleton<RoundSearch>();
        services.AddSingleton<MatchRound>();
        services.AddSingleton<AmendRound>();
        services.AddSingleton<SendRound>();
        services.AddSingleton<RematchFree>();
        services.AddSingleton<CloseRound>();
        services.AddSingleton<RoundNotices>();
        services.AddSingleton<RoundSheet>();
        services.AddSingleton<Enrol>();
        services.AddSingleton<DecideConsent>();
        services.AddSingleton<ErasureLedger>();
        services.AddSingleton<Erase>();
        services.AddSingleton<ReapplyErasures>();
        services.AddOptions<BackupOptions>().BindConfiguration(BackupOptions.Section);
        services.AddSingleton<DailyBackups>();
        services.AddSingleton<Forget>();
        services.AddSingleton<PersonalFile>();
        services.AddSingleton<ChangeProfile>();
        services.AddSingleton<Pause>();
        services.AddSingleton<LinkConversations>();
        services.AddSingleton<Appoint>();
        return services;
    }

    private static void AddAll<TPlug>(IServiceCollection services, Assembly assembly)
    {
        foreach (var type in assembly.GetTypes().Where(type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(TPlug))))
            services.AddSingleton(typeof(TPlug), type);
    }
}
