using CrossBorderNetwork.Data;
using CrossBorderNetwork.Scheduling;
using Npgsql;
using Quartz;

namespace CrossBorderNetwork.Server;

/// <summary>
/// Lets Quartz start the scheduled jobs. What is due and what was done stands in our own tables; so one server keeps the schedule in
/// memory, and several share Quartz's tables only to spare each other idle starts.
/// </summary>
public static partial class Schedules
{
    /// <summary>Settings of this section override the schedules of the jobs: <c>Schedules:&lt;Name&gt;</c>, a Quartz cron expression in UTC.</summary>
    public const string Section = "Schedules";

    private const int MostConnections = 6;

    private static readonly TimeSpan Checkin = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddSchedules(this IServiceCollection services, IConfiguration configuration)
    {
        var database = ConfigurationCheck.Read<DatabaseOptions>(configuration, DatabaseOptions.Section);
        services.AddQuartz(quartz =>
        {
            quartz.UseDefaultThreadPool(4);
            if (database.Provider == DatabaseProvider.Sqlite) quartz.UseInMemoryStore();
            else Share(quartz, database.ConnectionString);
        });
        services.AddHostedService(provider => new Planner(
            provider.GetRequiredService<ISchedulerFactory>(), provider.GetRequiredService<JobRunner>(), configuration.GetSection(Section),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Schedules))));
        services.AddQuartzHostedService(quartz => quartz.WaitForJobsToComplete = true);
        return services;
    }

    /// <summary>Keeps the schedule in the database, so that each start happens on one of the servers; another takes over from one that is gone.</summary>
    private static void Share(IQuartzBuilder quartz, string connectionString)
    {
        quartz.ConfigureScheduler(scheduler => (scheduler.InstanceName, scheduler.InstanceId) = ("CrossBorderNetwork", "AUTO"));
        quartz.UsePersistentStore(store =>
        {
            store.ProvisionSchema();
            store.ConfigureStore(options => options.StoreJobDataAsStrings = true);
            var connection = PostgresConnection.Complete(connectionString);
            (connection.MaxPoolSize, connection.ApplicationName) = (MostConnections, "CrossBorderNetwork schedule");
            store.UsePostgres(NpgsqlFactory.Instance, connection.ToString());
            store.UseClustering(cluster => cluster.CheckinInterval = Checkin);
        });
    }

    /// <summary>What is wrong with the settings, each in one sentence with the remedy.</summary>
    public static IEnumerable<string> Faults(IConfiguration configuration) => configuration.GetSection(Section).GetChildren()
        .Where(schedule => !CronExpression.TryParse(schedule.Value, out _))
        .Select(schedule => $"{Section}:{schedule.Key} is '{schedule.Value}', which is no schedule. Write a Quartz cron expression in UTC, seconds first, "
            + "such as '0 0 6 ? * MON' for Mondays at 6:00, or remove the line to keep the job's own.");

    /// <summary>Hands every job to the scheduler when the server starts.</summary>
    private sealed partial class Planner(ISchedulerFactory schedulers, JobRunner jobs, IConfigurationSection settings, TimeProvider time, ILogger log) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            foreach (var unknown in settings.GetChildren().Select(setting => setting.Key).Except(jobs.All.Select(job => job.Name), StringComparer.OrdinalIgnoreCase))
                LogUnknown(unknown, string.Join(", ", jobs.All.Select(job => job.Name)));
            var scheduler = await schedulers.GetScheduler(cancellationToken);
            var known = jobs.All.Select(job => new JobKey(job.Name)).ToHashSet();
            // A shared schedule may still hold a job that an earlier version had.
            await scheduler.DeleteJobs([.. (await scheduler.GetJobKeys(GroupMatcher<JobKey>.AnyGroup(), cancellationToken)).Where(key => !known.Contains(key))], cancellationToken);
            foreach (var job in jobs.All)
            {
                var detail = JobBuilder.Create<RunByName>().WithIdentity(job.Name).DisallowConcurrentExecution().Build();
                // After a downtime or a jump of the clock a job runs at its next time; each looks at all that is due by then.
                var cron = CronScheduleBuilder.Create(settings[job.Name] ?? job.Schedule).InTimeZone(TimeZoneInfo.Utc)
                    .WithMisfireInstruction(CronTriggerMisfireInstruction.DoNothing);
                await scheduler.ScheduleJob(detail, [TriggerBuilder.Create(time).WithIdentity(job.Name).WithSchedule(cron).Build()], new ScheduleJobOptions { Replace = true }, cancellationToken);
            }
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        [LoggerMessage(LogLevel.Warning, "The setting Schedules:{Name} names no job (known: {Known})")]
        private partial void LogUnknown(string name, string known);
    }

    /// <summary>What Quartz runs: the job whose name its key carries.</summary>
    private sealed class RunByName(JobRunner jobs) : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
            await jobs.RunAsync(context.JobDetail.Key.Name, cancellationToken);
    }
}
