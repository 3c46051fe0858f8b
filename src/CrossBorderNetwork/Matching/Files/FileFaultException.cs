namespace CrossBorderNetwork.Matching.Files;

/// <summary>A file that cannot be read as what it is said to be. The message names file, line and what is expected there.</summary>
public sealed class FileFaultException(string file, int line, string fault)
    : Exception(line > 0 ? $"{file}:{line}: {fault}" : $"{file}: {fault}");
