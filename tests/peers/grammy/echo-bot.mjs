// Asks for a country, edits its own question when a button is pressed, echoes everything else.
// Runs until its standard input ends, so it cannot outlive the test that started it.
import { createServer } from "node:http";
import { Bot, GrammyError, InlineKeyboard, InputFile, webhookCallback } from "grammy";

const { API_ROOT, BOT_TOKEN, MODE } = process.env;
const bot = new Bot(BOT_TOKEN, { client: { apiRoot: API_ROOT } });
const countries = new InlineKeyboard().text("Lietuva", "country:lt").text("Polska", "country:pl");

bot.command("start", (ctx) => ctx.reply("Which <b>country</b>?", { parse_mode: "HTML", reply_markup: countries }));

bot.callbackQuery(/^country:(.+)$/, async (ctx) => {
  await ctx.answerCallbackQuery("Noted");
  await ctx.editMessageText(`Your country: ${ctx.match[1]}`);
});

bot.command("file", (ctx) => ctx.replyWithDocument(new InputFile(Buffer.from("BEGIN:VCALENDAR"), "event.ics"), { caption: "Event" }));

bot.command("broken", async (ctx) => {
  try {
    await ctx.reply("1 < 2", { parse_mode: "HTML" });
  } catch (error) {
    if (!(error instanceof GrammyError)) throw error;
    await ctx.reply(`${error.error_code}: ${error.description}`);
  }
});

bot.on("message:text", (ctx) => ctx.reply(`Echo: ${ctx.message.text}`));
bot.catch((failure) => console.error(failure.error));

process.stdin.on("end", () => process.exit(0)).resume();

if (MODE === "webhook") {
  const secretToken = "emulated-secret";
  const server = createServer(webhookCallback(bot, "http", { secretToken }));
  server.listen(0, "127.0.0.1", async () => {
    await bot.api.setWebhook(`http://127.0.0.1:${server.address().port}/`, { secret_token: secretToken });
    console.log("ready");
  });
} else {
  bot.start({ onStart: () => console.log("ready") }).catch((error) => {
    console.error(error);
    process.exit(1);
  });
}
