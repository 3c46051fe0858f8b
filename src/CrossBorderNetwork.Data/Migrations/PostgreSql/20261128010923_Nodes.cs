using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace CrossBorderNetwork.Data.Migrations.PostgreSql
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
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "lane",
                table: "inbox",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "owner",
                table: "inbox",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "node",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    until = table.Column<long>(type: "bigint", nullable: false)
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
