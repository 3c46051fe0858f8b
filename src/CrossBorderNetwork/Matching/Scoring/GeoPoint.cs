namespace CrossBorderNetwork.Matching.Scoring;

/// <summary>A point on the earth in degrees. Good for kilometres between towns, not for surveying.</summary>
public readonly record struct GeoPoint(double Latitude, double Longitude)
{
    private const double EarthRadiusKm = 6371.0088;

    public double Latitude { get; } = Within(Latitude, 90, nameof(Latitude));

    public double Longitude { get; } = Within(Longitude, 180, nameof(Longitude));

    /// <summary>Great-circle distance (haversine); exactly the same in both directions.</summary>
    public double KmTo(GeoPoint other)
    {
        var north = Math.Sin(double.DegreesToRadians(other.Latitude - Latitude) / 2);
        var east = Math.Sin(double.DegreesToRadians(other.Longitude - Longitude) / 2);
        var shrink = Math.Cos(double.DegreesToRadians(Latitude)) * Math.Cos(double.DegreesToRadians(other.Latitude));
        var halfChord = (north * north) + (shrink * (east * east));
        return 2 * EarthRadiusKm * Math.Asin(Math.Sqrt(Math.Min(1, halfChord)));
    }

    private static double Within(double degrees, double limit, string name) =>
        Math.Abs(degrees) <= limit
            ? degrees
            : throw new ArgumentOutOfRangeException(name, degrees, $"{name} is given in degrees from -{limit} to {limit}.");
}
