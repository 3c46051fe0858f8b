using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrossBorderNetwork.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class DeliveryPace : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_outbox_lane_due_at_id",
                table: "outbox");

            migrationBuilder.AddColumn<string>(
                name: "channel",
                table: "outbox",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.Sql(
                "UPDATE outbox SET channel = (SELECT c.channel FROM conversation c WHERE c.id = outbox.conversation_id) "
                + "WHERE state < 2 AND EXISTS (SELECT 1 FROM conversation c WHERE c.id = outbox.conversation_id)");

            migrationBuilder.AddColumn<long>(
                name: "ready_at",
                table: "conversation",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "channel_pace",
                columns: table => new
                {
                    channel = table.Column<string>(type: "text", nullable: false),
                    ready_at_ticks = table.Column<long>(type: "bigint", nullable: false),
                    paused_from = table.Column<long>(type: "bigint", nullable: false),
                    paused_until = table.Column<long>(type: "bigint", nullable: false),
                    shut_out = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channel_pace", x => x.channel);
                });

            migrationBuilder.CreateIndex(
                name: "ix_outbox_in_doubt",
                table: "outbox",
                column: "id",
                filter: "state = 6");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_pending",
                table: "outbox",
                columns: new[] { "channel", "lane", "due_at", "id" },
                filter: "state = 0");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_sending",
                table: "outbox",
                column: "conversation_id",
                filter: "state = 1");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "channel_pace");

            migrationBuilder.DropIndex(
                name: "ix_outbox_in_doubt",
                table: "outbox");

            migrationBuilder.DropIndex(
                name: "ix_outbox_pending",
                table: "outbox");

            migrationBuilder.DropIndex(
                name: "ix_outbox_sending",
                table: "outbox");

            migrationBuilder.DropColumn(
                name: "channel",
                table: "outbox");

            migrationBuilder.DropColumn(
                name: "ready_at",
                table: "conversation");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_lane_due_at_id",
                table: "outbox",
                columns: new[] { "lane", "due_at", "id" },
                filter: "state IN (0, 1)");
        }
    }
}
