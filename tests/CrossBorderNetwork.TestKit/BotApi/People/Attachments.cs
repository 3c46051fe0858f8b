using System.Text.Json.Nodes;

namespace CrossBorderNetwork.TestKit.BotApi;

/// <summary>What a person can send besides text.</summary>
public enum Attachment
{
    Photo,
    Sticker,
    Voice,
    Contact,
    Location,
    Document,

    /// <summary>Three photos that arrive as three messages of one media group.</summary>
    Album,
}

/// <summary>The fields by which Telegram describes attachments.</summary>
internal static class Attachments
{
    private const int PixelsWide = 800;
    private const int PixelsHigh = 600;
    private static readonly byte[] Content = "emulated content"u8.ToArray();

    public static JsonObject PhotoSize(StoredFile file) => new()
    {
        ["file_id"] = file.Id, ["file_unique_id"] = "u" + file.Id, ["width"] = PixelsWide, ["height"] = PixelsHigh,
        ["file_size"] = file.Bytes.Length,
    };

    public static JsonObject Describe(World world, Attachment attachment, JsonObject sender) => attachment switch
    {
        Attachment.Photo or Attachment.Album => new JsonObject
        {
            ["photo"] = new JsonArray(PhotoSize(world.Store("photo.jpg", "image/jpeg", Content))),
        },
        Attachment.Sticker => new JsonObject
        {
            ["sticker"] = Uploaded(world, "sticker.webp", "image/webp", sticker =>
            {
                sticker["type"] = "regular";
                sticker["width"] = 512;
                sticker["height"] = 512;
                sticker["is_animated"] = false;
                sticker["is_video"] = false;
                sticker["emoji"] = "👍";
            }),
        },
        Attachment.Voice => new JsonObject
        {
            ["voice"] = Uploaded(world, "voice.oga", "audio/ogg", voice =>
            {
                voice["duration"] = 3;
                voice["mime_type"] = "audio/ogg";
            }),
        },
        Attachment.Contact => new JsonObject
        {
            ["contact"] = new JsonObject
            {
                ["phone_number"] = "+37060000000",
                ["first_name"] = sender["first_name"]!.DeepClone(),
                ["user_id"] = sender["id"]!.DeepClone(),
            },
        },
        Attachment.Location => new JsonObject { ["location"] = new JsonObject { ["latitude"] = 54.1, ["longitude"] = 23.3 } },
        Attachment.Document => Document(world, "notes.txt", "text/plain", Content),
        _ => throw new ArgumentOutOfRangeException(nameof(attachment), attachment, "No such attachment."),
    };

    public static JsonObject Document(World world, string name, string contentType, byte[] content)
    {
        var file = world.Store(name, contentType, content);
        return new JsonObject
        {
            ["document"] = new JsonObject
            {
                ["file_id"] = file.Id, ["file_unique_id"] = "u" + file.Id, ["file_name"] = name, ["mime_type"] = contentType,
                ["file_size"] = content.Length,
            },
        };
    }

    private static JsonObject Uploaded(World world, string name, string contentType, Action<JsonObject> describe)
    {
        var file = world.Store(name, contentType, Content);
        var json = new JsonObject
        {
            ["file_id"] = file.Id, ["file_unique_id"] = "u" + file.Id, ["file_size"] = file.Bytes.Length,
        };
        describe(json);
        return json;
    }
}
