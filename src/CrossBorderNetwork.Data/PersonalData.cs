using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossBorderNetwork.Data;

/// <summary>What becomes of a row when the person it concerns asks to be forgotten.</summary>
public enum Erasure
{
    /// <summary>The row goes.</summary>
    Delete,

    /// <summary>The row stays for the counts: it names nobody any more, and its free texts are emptied.</summary>
    Anonymise,

    /// <summary>The verb that forgets takes care of it itself: a conversation must live until its last word is delivered.</summary>
    Separately,
}

/// <summary>A column that says whom a row concerns, and what is done with the row when that person is forgotten.</summary>
/// <param name="Entity">The table.</param>
/// <param name="Person">The column: a person's id, or the address of a conversation where <paramref name="Channel"/> is set.</param>
/// <param name="Channel">The channel whose addresses the column holds; null for a column of ids.</param>
/// <param name="Erasure">What becomes of the row.</param>
/// <param name="Emptied">Columns that are emptied where the row is made anonymous.</param>
/// <param name="IsConfidential">The row is somebody else's confidence: it goes with the person, but does not stand in the person's file.</param>
public sealed record PersonColumn(IEntityType Entity, IProperty Person, string? Channel, Erasure Erasure, IReadOnlyList<IProperty> Emptied, bool IsConfidential);

/// <summary>
/// The one map of personal data, read from the model: the file of /mydata and the erasure of /forget are both made from it, so
/// that neither can miss a table. A table takes part by one line in its configuration:
/// <code>
/// builder.HasPerson(e => e.MemberId);                                      // the row goes with the person
/// builder.HasPerson(e => e.AuthorId, Erasure.Anonymise, e => e.FreeText);  // the row stays, without name and text
/// builder.HasAddress(e => e.Address, "mail");                              // a channel's own row; the channel forgets it itself
/// </code>
/// A row may concern several people: one line each. A test fails for a column called …MemberId, …PersonId, …AskerId or …AskedId
/// without such a line. Rows that hang on a deleted row go by their foreign key.
/// </summary>
public static class PersonalData
{
    private const string ErasureAnnotation = "Network:Erasure";
    private const string EmptiedAnnotation = "Network:Emptied";
    private const string ChannelAnnotation = "Network:Channel";
    private const string ConfidentialAnnotation = "Network:Confidential";
    private const string OnlyForAnnotation = "Network:OnlyFor";

    extension<T>(EntityTypeBuilder<T> builder)
        where T : class
    {
        /// <param name="person">The column that holds the person's id: a <c>long</c> (0 once anonymous) or <c>long?</c> (null then).</param>
        /// <param name="erasure">What becomes of the row.</param>
        /// <param name="emptied">Columns that are emptied where the row is made anonymous.</param>
        public EntityTypeBuilder<T> HasPerson<TId>(Expression<Func<T, TId>> person, Erasure erasure = Erasure.Delete, params Expression<Func<T, object?>>[] emptied)
        {
            var property = builder.Property(person);
            property.HasAnnotation(ErasureAnnotation, erasure.ToString());
            if (emptied.Length > 0) property.HasAnnotation(EmptiedAnnotation, string.Join(',', emptied.Select(NameOf)));
            return builder;
        }

        /// <summary>What is told of the person here was told in confidence by another: the person's file leaves it out.</summary>
        public EntityTypeBuilder<T> IsConfidential<TId>(Expression<Func<T, TId>> person)
        {
            builder.Property(person).HasAnnotation(ConfidentialAnnotation, true);
            return builder;
        }

        /// <summary>What one of those whom a row concerns has said in confidence: it stands in that person's file only.</summary>
        /// <param name="said">What was said.</param>
        /// <param name="person">The column that says who.</param>
        public EntityTypeBuilder<T> IsOnlyFor<TField, TId>(Expression<Func<T, TField>> said, Expression<Func<T, TId>> person)
        {
            builder.Property(said).HasAnnotation(OnlyForAnnotation, builder.Property(person).Metadata.Name);
            return builder;
        }

        /// <param name="address">The column that holds the address of a conversation, whose person the row concerns.</param>
        /// <param name="channel">The channel that the address belongs to.</param>
        public EntityTypeBuilder<T> HasAddress(Expression<Func<T, string>> address, string channel)
        {
            builder.HasPerson(address, Erasure.Separately);
            builder.Property(address).HasAnnotation(ChannelAnnotation, channel);
            return builder;
        }
    }

    /// <summary>All columns that name a person, rows that others refer to last.</summary>
    public static IReadOnlyList<PersonColumn> Columns(IModel model) =>
        [.. from entity in model.GetEntityTypes()
            from property in entity.GetProperties()
            let annotation = property.FindAnnotation(ErasureAnnotation)
            where annotation is not null
            orderby Depth(entity, []), entity.Name, property.Name
            select new PersonColumn(entity, property, property.FindAnnotation(ChannelAnnotation)?.Value as string, Enum.Parse<Erasure>((string)annotation.Value!), Emptied(entity, property), property.FindAnnotation(ConfidentialAnnotation) is not null)];

    /// <summary>The column that says in whose file alone a field stands; null for a field that stands in everybody's.</summary>
    public static IProperty? OnlyFor(IReadOnlyPropertyBase field) =>
        field.FindAnnotation(OnlyForAnnotation)?.Value is string person ? ((IEntityType)field.DeclaringType).FindProperty(person) : null;

    private static IReadOnlyList<IProperty> Emptied(IEntityType entity, IProperty property) =>
        property.FindAnnotation(EmptiedAnnotation)?.Value is string names ? [.. names.Split(',').Select(name => entity.FindProperty(name)!)] : [];

    /// <summary>How many rows may hang on a row, one on the other.</summary>
    private static int Depth(IEntityType entity, HashSet<IEntityType> seen) =>
        seen.Add(entity) ? entity.GetReferencingForeignKeys().Select(key => 1 + Depth(key.DeclaringEntityType, [.. seen])).DefaultIfEmpty(0).Max() : 0;

    private static string NameOf<T>(Expression<Func<T, object?>> column) => column.Body switch
    {
        MemberExpression member => member.Member.Name,
        UnaryExpression { Operand: MemberExpression member } => member.Member.Name,
        _ => throw new ArgumentException("A column is named by a property, as in e => e.Text.", nameof(column)),
    };
}
