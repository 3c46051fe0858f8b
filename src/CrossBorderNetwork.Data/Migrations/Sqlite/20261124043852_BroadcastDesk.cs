using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrossBorderNetwork.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class BroadcastDesk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_outbox_lane_due_at",
                table: "outbox");

            migrationBuilder.DropIndex(
                name: "ix_broadcast_ended_at",
                table: "broadcast");

            migrationBuilder.RenameColumn(
                name: "at",
                table: "broadcast",
                newName: "progress_at");

            migrationBuilder.RenameColumn(
                name: "side",
                table: "broadcast",
                newName: "state");

            migrationBuilder.RenameColumn(
                name: "roles",
                table: "broadcast",
                newName: "kind");

            migrationBuilder.AddColumn<string>(
                name: "muted_kinds",
                table: "member",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "asks_whether_read",
                table: "broadcast",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "call_id",
                table: "broadcast",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "confirmed_at",
                table: "broadcast",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "corrections",
                table: "broadcast",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "created_at",
                table: "broadcast",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "due_at",
                table: "broadcast",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "event_id",
                table: "broadcast",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "progress_done",
                table: "broadcast",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "progress_message_id",
                table: "broadcast",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "second_id",
                table: "broadcast",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "started_at",
                table: "broadcast",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "waited_alone",
                table: "broadcast",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "wished_at",
                table: "broadcast",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "withdrawn_at",
                table: "broadcast",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "broadcast_filter",
                columns: table => new
                {
                    broadcast_id = table.Column<long>(type: "INTEGER", nullable: false),
                    facet = table.Column<string>(type: "TEXT", nullable: false),
                    value = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_broadcast_filter", x => new { x.broadcast_id, x.facet, x.value });
                    table.ForeignKey(
                        name: "fk_broadcast_filter_broadcast_broadcast_id",
                        column: x => x.broadcast_id,
                        principalTable: "broadcast",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "broadcast_read",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    broadcast_id = table.Column<long>(type: "INTEGER", nullable: false),
                    member_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_broadcast_read", x => x.id);
                    table.ForeignKey(
                        name: "fk_broadcast_read_broadcast_broadcast_id",
                        column: x => x.broadcast_id,
                        principalTable: "broadcast",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_outbox_lane_due_at_id",
                table: "outbox",
                columns: new[] { "lane", "due_at", "id" },
                filter: "state IN (0, 1)");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_not_after",
                table: "outbox",
                column: "not_after",
                filter: "state = -1");

            migrationBuilder.CreateIndex(
                name: "ix_broadcast_state",
                table: "broadcast",
                column: "state");

            migrationBuilder.CreateIndex(
                name: "ix_broadcast_read_broadcast_id_member_id",
                table: "broadcast_read",
                columns: new[] { "broadcast_id", "member_id" },
                unique: true,
                filter: "member_id <> 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "broadcast_filter");

            migrationBuilder.DropTable(
                name: "broadcast_read");

            migrationBuilder.DropIndex(
                name: "ix_outbox_lane_due_at_id",
                table: "outbox");

            migrationBuilder.DropIndex(
                name: "ix_outbox_not_after",
                table: "outbox");

            migrationBuilder.DropIndex(
                name: "ix_broadcast_state",
                table: "broadcast");

            migrationBuilder.DropColumn(
                name: "muted_kinds",
                table: "member");

            migrationBuilder.DropColumn(
                name: "asks_whether_read",
                table: "broadcast");

            migrationBuilder.DropColumn(
                name: "call_id",
                table: "broadcast");

            migrationBuilder.DropColumn(
                name: "confirmed_at",
                table: "broadcast");

            migrationBuilder.DropColumn(
                name: "corrections",
                table: "broadcast");

            migrationBuilder.DropColumn(
                name: "created_at",
                table: "broadcast");

            migrationBuilder.DropColumn(
                name: "due_at",
                table: "broadcast");

            migrationBuilder.DropColumn(
                name: "event_id",
                table: "broadcast");

            migrationBuilder.DropColumn(
                name: "progress_done",
                table: "broadcast");

            migrationBuilder.DropColumn(
                name: "progress_message_id",
                table: "broadcast");

            migrationBuilder.DropColumn(
                name: "second_id",
                table: "broadcast");

            migrationBuilder.DropColumn(
                name: "started_at",
                table: "broadcast");

            migrationBuilder.DropColumn(
                name: "waited_alone",
                table: "broadcast");

            migrationBuilder.DropColumn(
                name: "wished_at",
                table: "broadcast");

            migrationBuilder.DropColumn(
                name: "withdrawn_at",
                table: "broadcast");

            migrationBuilder.RenameColumn(
                name: "progress_at",
                table: "broadcast",
                newName: "at");

            migrationBuilder.RenameColumn(
                name: "state",
                table: "broadcast",
                newName: "side");

            migrationBuilder.RenameColumn(
                name: "kind",
                table: "broadcast",
                newName: "roles");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_lane_due_at",
                table: "outbox",
                columns: new[] { "lane", "due_at" },
                filter: "state IN (0, 1)");

            migrationBuilder.CreateIndex(
                name: "ix_broadcast_ended_at",
                table: "broadcast",
                column: "ended_at");
        }
    }
}
