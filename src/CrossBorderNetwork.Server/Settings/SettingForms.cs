using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Reflection;

namespace CrossBorderNetwork.Server;

/// <summary>
/// Finds settings that are not of their form, such as a word where a number belongs, by the types that they are bound to. Binding
/// itself stops at the first and quotes it; this names all of them and quotes none, for it might be a secret in the wrong place.
/// </summary>
internal static class SettingForms
{
    /// <returns>Path of each faulty setting, and the form that it must have.</returns>
    public static IEnumerable<(string Setting, string Form)> Faults(IConfigurationSection section, Type options) => options
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.CanWrite)
        .SelectMany(property => FaultsOf(section.GetSection(property.Name), property.PropertyType));

    private static IEnumerable<(string Setting, string Form)> FaultsOf(IConfigurationSection setting, Type type)
    {
        if (!setting.Exists() || type == typeof(string)) return [];
        if (TypeDescriptor.GetConverter(type) is var converter && converter.CanConvertFrom(typeof(string)))
            return IsOfForm(setting, type, converter) ? [] : [(setting.Path, Form(type))];
        if (ElementOf(type) is { } element) return setting.GetChildren().SelectMany(child => FaultsOf(child, element));
        return Faults(setting, type);
    }

    private static bool IsOfForm(IConfigurationSection setting, Type type, TypeConverter converter)
    {
        if (setting.Value is not { } value) return false;
        if (value.Length == 0) return Nullable.GetUnderlyingType(type) is not null;
        try
        {
            var read = converter.ConvertFromInvariantString(value);
            return read is not Enum word || (Enum.IsDefined(type, word) && !char.IsAsciiDigit(value[0]));
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or NotSupportedException or OverflowException)
        {
            return false;
        }
    }

    private static Type? ElementOf(Type type) =>
        type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) ? type.GetGenericArguments()[^1] : null;

    private static string Form(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain switch
        {
            { IsEnum: true } => string.Join(" or ", Enum.GetNames(plain)),
            _ when plain == typeof(bool) => "true or false",
            _ when plain == typeof(TimeSpan) => "a time span such as 00:15:00",
            _ when plain == typeof(double) => "a number such as 0.5",
            _ when plain == typeof(int) => string.Create(CultureInfo.InvariantCulture, $"a whole number of at most {int.MaxValue}"),
            _ => "a whole number",
        };
    }
}
