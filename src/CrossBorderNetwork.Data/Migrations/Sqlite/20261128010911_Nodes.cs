using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrossBorderNetwork.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Nodes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_inbox_id",
                table: "inbox");

            migrationBuilder.AddColumn<long>(
                name: "owner",
                table: "outbox",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "lane",
                table: "inbox",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "owner",
                table: "inbox",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "node",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    until = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_node", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_inbox_pending",
                table: "inbox",
                columns: new[] { "lane", "id" },
                filter: "state = 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "node");

            migrationBuilder.DropIndex(
                name: "ix_inbox_pending",
                table: "inbox");

            migrationBuilder.DropColumn(
                name: "owner",
                table: "outbox");

            migrationBuilder.DropColumn(
                name: "lane",
                table: "inbox");

            migrationBuilder.DropColumn(
                name: "owner",
                table: "inbox");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_id",
                table: "inbox",
                column: "id",
                filter: "state = 0");
        }
    }
}
