using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrossBorderNetwork.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ExactReport : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "result_in_doubt",
                table: "broadcast",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "result_late",
                table: "broadcast",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "result_in_doubt",
                table: "broadcast");

            migrationBuilder.DropColumn(
                name: "result_late",
                table: "broadcast");
        }
    }
}
