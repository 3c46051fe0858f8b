using CrossBorderNetwork.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossBorderNetwork.Matching;

/// <summary>
/// What the last round put on a member: what one more place of theirs would have been worth to it. Lists are ordered by score less a
/// part of it (<see cref="MatchingOptions.PriceStrength"/>), so that the few whom everybody wants do not stand in every list.
/// </summary>
public sealed class MemberPrice
{
    public required long MemberId { get; init; }

    public required long RoundId { get; init; }

    /// <summary>In units of the score; 0 where places stayed free.</summary>
    public required double Price { get; init; }
}

internal sealed class MemberPriceTable : IEntityTypeConfiguration<MemberPrice>
{
    public void Configure(EntityTypeBuilder<MemberPrice> builder)
    {
        builder.ToTable("member_price");
        builder.HasKey(price => price.MemberId);
        builder.Property(price => price.MemberId).ValueGeneratedNever();
        builder.HasPerson(price => price.MemberId);
    }
}

public static class MemberPriceSet
{
    extension(NetworkDb db)
    {
        public DbSet<MemberPrice> MemberPrices => db.Set<MemberPrice>();

        /// <summary>Puts the prices of a round in the place of those before; the lists follow with the commit.</summary>
        /// <param name="roundId">The round.</param>
        /// <param name="prices">Of all who took part, as in <see cref="Rounds.RoundOutcome.Prices"/>; whoever is not named has none.</param>
        /// <param name="ct">Cancels the deletion.</param>
        public async Task StorePricesAsync(long roundId, IReadOnlyDictionary<long, double> prices, CancellationToken ct)
        {
            await db.MemberPrices.ExecuteDeleteAsync(ct);
            db.MemberPrices.AddRange(prices.Select(price => new MemberPrice { MemberId = price.Key, RoundId = roundId, Price = price.Value }));
        }
    }
}
