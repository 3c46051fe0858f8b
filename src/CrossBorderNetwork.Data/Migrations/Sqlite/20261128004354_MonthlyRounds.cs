using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrossBorderNetwork.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class MonthlyRounds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "accepts_translator",
                table: "member",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "round_capacity",
                table: "member",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<long>(
                name: "rounds_snoozed_until",
                table: "member",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "translator_asked_at",
                table: "member",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "no_by",
                table: "introduction",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "postponed_by",
                table: "introduction",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "round_id",
                table: "introduction",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "yes_by",
                table: "introduction",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.Sql("UPDATE introduction SET yes_by = asker_id");
            migrationBuilder.Sql("UPDATE introduction SET no_by = asked_id WHERE state = 'Declined'");
            migrationBuilder.Sql("UPDATE introduction SET postponed_by = asked_id WHERE was_postponed");

            migrationBuilder.DropColumn(
                name: "was_postponed",
                table: "introduction");

            migrationBuilder.CreateTable(
                name: "organisation_set_aside",
                columns: table => new
                {
                    member_id = table.Column<long>(type: "INTEGER", nullable: false),
                    organisation_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_organisation_set_aside", x => new { x.member_id, x.organisation_id });
                    table.ForeignKey(
                        name: "fk_organisation_set_aside_organisation_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "organisation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "round",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    month = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    started_by = table.Column<long>(type: "INTEGER", nullable: true),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    matched_at = table.Column<long>(type: "INTEGER", nullable: true),
                    reminded_at = table.Column<long>(type: "INTEGER", nullable: true),
                    reviewed_by = table.Column<long>(type: "INTEGER", nullable: true),
                    reviewed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: true),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    value = table.Column<double>(type: "REAL", nullable: false),
                    bound = table.Column<double>(type: "REAL", nullable: false),
                    lithuania_members = table.Column<int>(type: "INTEGER", nullable: false),
                    lithuania_covered = table.Column<int>(type: "INTEGER", nullable: false),
                    lithuania_attainable = table.Column<int>(type: "INTEGER", nullable: false),
                    poland_members = table.Column<int>(type: "INTEGER", nullable: false),
                    poland_covered = table.Column<int>(type: "INTEGER", nullable: false),
                    poland_attainable = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_round", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "round_pair",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    round_id = table.Column<long>(type: "INTEGER", nullable: false),
                    lithuanian_id = table.Column<long>(type: "INTEGER", nullable: false),
                    polish_id = table.Column<long>(type: "INTEGER", nullable: false),
                    score = table.Column<double>(type: "REAL", nullable: false),
                    is_by_hand = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_done = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_round_pair", x => x.id);
                    table.ForeignKey(
                        name: "fk_round_pair_round_round_id",
                        column: x => x.round_id,
                        principalTable: "round",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "round_seat",
                columns: table => new
                {
                    round_id = table.Column<long>(type: "INTEGER", nullable: false),
                    member_id = table.Column<long>(type: "INTEGER", nullable: false),
                    capacity = table.Column<int>(type: "INTEGER", nullable: false),
                    left_out = table.Column<string>(type: "TEXT", nullable: true),
                    rounds_waited = table.Column<int>(type: "INTEGER", nullable: false),
                    silent_rounds = table.Column<int>(type: "INTEGER", nullable: false),
                    was_told = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_round_seat", x => new { x.round_id, x.member_id });
                    table.ForeignKey(
                        name: "fk_round_seat_round_round_id",
                        column: x => x.round_id,
                        principalTable: "round",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_introduction_round_id",
                table: "introduction",
                column: "round_id");

            migrationBuilder.CreateIndex(
                name: "ix_organisation_set_aside_organisation_id",
                table: "organisation_set_aside",
                column: "organisation_id");

            migrationBuilder.CreateIndex(
                name: "ix_round_month",
                table: "round",
                column: "month",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_round_pair_lithuanian_id",
                table: "round_pair",
                column: "lithuanian_id");

            migrationBuilder.CreateIndex(
                name: "ix_round_pair_polish_id",
                table: "round_pair",
                column: "polish_id");

            migrationBuilder.CreateIndex(
                name: "ix_round_pair_round_id_lithuanian_id_polish_id",
                table: "round_pair",
                columns: new[] { "round_id", "lithuanian_id", "polish_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_round_seat_member_id",
                table: "round_seat",
                column: "member_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "organisation_set_aside");

            migrationBuilder.DropTable(
                name: "round_pair");

            migrationBuilder.DropTable(
                name: "round_seat");

            migrationBuilder.DropTable(
                name: "round");

            migrationBuilder.DropIndex(
                name: "ix_introduction_round_id",
                table: "introduction");

            migrationBuilder.DropColumn(
                name: "accepts_translator",
                table: "member");

            migrationBuilder.DropColumn(
                name: "round_capacity",
                table: "member");

            migrationBuilder.DropColumn(
                name: "rounds_snoozed_until",
                table: "member");

            migrationBuilder.DropColumn(
                name: "translator_asked_at",
                table: "member");

            migrationBuilder.DropColumn(
                name: "no_by",
                table: "introduction");

            migrationBuilder.DropColumn(
                name: "postponed_by",
                table: "introduction");

            migrationBuilder.DropColumn(
                name: "round_id",
                table: "introduction");

            migrationBuilder.DropColumn(
                name: "yes_by",
                table: "introduction");

            migrationBuilder.AddColumn<bool>(
                name: "was_postponed",
                table: "introduction",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);
        }
    }
}
