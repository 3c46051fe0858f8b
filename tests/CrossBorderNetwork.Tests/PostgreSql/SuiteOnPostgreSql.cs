using CrossBorderNetwork.Tests.Broadcasts;
using CrossBorderNetwork.Tests.Calls;
using CrossBorderNetwork.Tests.Channels.Compliance;
using CrossBorderNetwork.Tests.Conversations.DialogCases;
using CrossBorderNetwork.Tests.Cooperations;
using CrossBorderNetwork.Tests.Data;
using CrossBorderNetwork.Tests.Digests;
using CrossBorderNetwork.Tests.Events;
using CrossBorderNetwork.Tests.Introductions;
using CrossBorderNetwork.Tests.Matching;
using CrossBorderNetwork.Tests.Members;
using CrossBorderNetwork.Tests.Rounds;
using CrossBorderNetwork.Tests.Scheduling;

namespace CrossBorderNetwork.Tests.PostgreSql;

/// <summary>The tests of these classes once more, on PostgreSQL: whatever writes by hand, counts, races or deletes.</summary>
public static class SuiteOnPostgreSql
{
    [OnPostgreSql]
    public sealed class Case01 : Case01To07Buttons;

    [OnPostgreSql]
    public sealed class Case04 : Case04To16Updates;

    [OnPostgreSql]
    public sealed class Case08 : Case08To19Stack;

    [OnPostgreSql]
    public sealed class GroupCommit : GroupCommitTests;

    [OnPostgreSql]
    public sealed class Seats : SeatsTests;

    [OnPostgreSql]
    public sealed class Reminder : ReminderTests;

    [OnPostgreSql]
    public sealed class EventsSection : EventsSectionTests;

    [OnPostgreSql]
    public sealed class IntroductionStory : IntroductionStoryTests;

    [OnPostgreSql]
    public sealed class RoundStory : RoundStoryTests;

    [OnPostgreSql]
    public sealed class Review : ReviewTests;

    [OnPostgreSql]
    public sealed class FollowUp : FollowUpTests;

    [OnPostgreSql]
    public sealed class Cooperation : CooperationTests;

    [OnPostgreSql]
    public sealed class Agreement : AgreementTests;

    [OnPostgreSql]
    public sealed class Meeting : MeetingTests;

    [OnPostgreSql]
    public sealed class Funnel : FunnelTests;

    [OnPostgreSql]
    public sealed class PartnerSearch : PartnerSearchTests;

    [OnPostgreSql]
    public sealed class DigestJob : DigestJobTests;

    [OnPostgreSql]
    public sealed class ComposeDigest : ComposeDigestTests;

    [OnPostgreSql]
    public sealed class PersonalData : PersonalDataTests;

    [OnPostgreSql]
    public sealed class Link : LinkTests;

    [OnPostgreSql]
    public sealed class Enrolment : EnrolmentTests;

    [OnPostgreSql]
    public sealed class Profile : ProfileTests;

    [OnPostgreSql]
    public sealed class Interest : InterestTests;

    [OnPostgreSql]
    public sealed class Amend : AmendTests;

    [OnPostgreSql]
    public sealed class Audience : AudienceTests;

    [OnPostgreSql]
    public sealed class Sending : SendingTests;

    [OnPostgreSql]
    public sealed class Progress : ProgressTests;

    [OnPostgreSql]
    public sealed class Files : FileTests;

    [OnPostgreSql]
    public sealed class Audit : AuditTests;

    [OnPostgreSql]
    public sealed class Erasures : ErasureLedgerTests;

    [OnPostgreSql]
    public sealed class TelegramCompliance : TelegramComplianceTests;

    [OnPostgreSql]
    public sealed class WebChatCompliance : WebChatComplianceTests;

    [OnPostgreSql]
    public sealed class PartnerPool : PartnerPoolTests;

    [OnPostgreSql]
    public sealed class Job : JobTests;
}
