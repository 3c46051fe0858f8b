using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace CrossBorderNetwork.Channels.WebChat.DirectLine;

/// <summary>A refusal in Direct Line's form; Web Chat decides by the status whether to try again.</summary>
internal sealed class DirectLineError(int status, string code, string message) : IResult
{
    public static readonly DirectLineError NoVisitor = new(StatusCodes.Status401Unauthorized, "NoVisitor", "Open the chat page first and allow its cookie.");
    public static readonly DirectLineError NoToken = new(StatusCodes.Status401Unauthorized, "MissingToken", "An Authorization header with a token is required.");
    public static readonly DirectLineError BadToken = new(StatusCodes.Status403Forbidden, "BadToken", "The token is not valid.");
    public static readonly DirectLineError TokenExpired = new(StatusCodes.Status403Forbidden, "TokenExpired", "The token has expired.");
    public static readonly DirectLineError ForeignOrigin = new(StatusCodes.Status403Forbidden, "ForeignOrigin", "The chat may only be used from its own page.");
    public static readonly DirectLineError UnknownConversation = new(StatusCodes.Status404NotFound, "ConversationNotFound", "There is no such conversation.");
    public static readonly DirectLineError NoActivity = new(StatusCodes.Status400BadRequest, "BadArgument", "The body is not an activity.");

    public static IResult TooMany(HttpContext http) => Later(http, StatusCodes.Status429TooManyRequests, "TooManyRequests", VisitorLimits.Window);

    public static IResult Busy(HttpContext http) => Later(http, StatusCodes.Status503ServiceUnavailable, "ServiceUnavailable", TimeSpan.FromSeconds(5));

    public Task ExecuteAsync(HttpContext httpContext) =>
        Results.Json(new WireError(new WireErrorBody(code, message)), WireJson.Wire.WireError, statusCode: status).ExecuteAsync(httpContext);

    private static DirectLineError Later(HttpContext http, int status, string code, TimeSpan wait)
    {
        http.Response.Headers.RetryAfter = wait.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return new DirectLineError(status, code, "Too much at once. Try again a little later.");
    }
}
