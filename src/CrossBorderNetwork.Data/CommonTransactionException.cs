namespace CrossBorderNetwork.Data;

/// <summary>Another unit of work that shared the transaction ended it by its fault, such as a full disk or a broken connection: nothing of this one is stored.</summary>
public sealed class CommonTransactionException() : Exception("A fault of another unit of work has ended the common transaction.");
