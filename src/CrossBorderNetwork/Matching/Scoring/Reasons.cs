namespace CrossBorderNetwork.Matching.Scoring;

/// <summary>
/// Something true of a pair that speaks for it, said to one of the two ("you"). Holds keys only: the sentence is written
/// where the languages are. Strength is what its term adds to the utility of the person who gains by it.
/// </summary>
public abstract record Reason(double Strength);

/// <summary>Both chose these topics; the rarest first.</summary>
public sealed record SharedTopics(IReadOnlyList<string> Topics, double Strength) : Reason(Strength);

/// <summary>Topics on which you said that you look for something and they that they can give it; what matters most first.</summary>
public sealed record TheyKnowYouSeek(IReadOnlyList<string> Topics, double Strength) : Reason(Strength);

/// <summary>Topics on which they said that they look for something and you that you can give it; what matters most first.</summary>
public sealed record YouKnowTheySeek(IReadOnlyList<string> Topics, double Strength) : Reason(Strength);

/// <summary>Forms of cooperation that you look for and they are open to.</summary>
public sealed record TheyOfferYouSeek(IReadOnlyList<string> Forms, double Strength) : Reason(Strength);

public sealed record YouOfferTheySeek(IReadOnlyList<string> Forms, double Strength) : Reason(Strength);

/// <summary>Both have at least this level in the language.</summary>
public sealed record SharedLanguage(string Language, Level Level, double Strength) : Reason(Strength);

/// <summary>Whole kilometres between the centres of the two municipalities.</summary>
public sealed record Near(int Km, double Strength) : Reason(Strength);

public sealed record BothAre(string Role, double Strength) : Reason(Strength);
