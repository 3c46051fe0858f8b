using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace CrossBorderNetwork.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Cooperations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "asked",
                table: "follow_up",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "unanswered",
                table: "follow_up",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "answer",
                table: "follow_up",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "answered_at",
                table: "follow_up",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "due_at",
                table: "follow_up",
                type: "bigint",
                nullable: true);

            // What was answered two weeks after an introduction stays; the question of the month follows it.
            migrationBuilder.Sql(
                """
                UPDATE follow_up SET asked = 'TwoWeeks', answered_at = at, due_at = at + 1382400000,
                    answer = CASE met WHEN 'yes' THEN 'Met' WHEN 'planned' THEN 'Planned' ELSE 'NotYet' END;
                """);

            migrationBuilder.DropColumn(
                name: "met",
                table: "follow_up");

            migrationBuilder.DropColumn(
                name: "next",
                table: "follow_up");

            migrationBuilder.DropColumn(
                name: "at",
                table: "follow_up");

            migrationBuilder.CreateTable(
                name: "cooperation",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    lt_organisation_id = table.Column<long>(type: "bigint", nullable: true),
                    pl_organisation_id = table.Column<long>(type: "bigint", nullable: true),
                    started_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cooperation", x => x.id);
                    table.ForeignKey(
                        name: "fk_cooperation_organisation_lt_organisation_id",
                        column: x => x.lt_organisation_id,
                        principalTable: "organisation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_cooperation_organisation_pl_organisation_id",
                        column: x => x.pl_organisation_id,
                        principalTable: "organisation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "counted_introduction",
                columns: table => new
                {
                    introduction_id = table.Column<long>(type: "bigint", nullable: false),
                    month = table.Column<string>(type: "text", nullable: false),
                    side = table.Column<string>(type: "text", nullable: false),
                    asker_role = table.Column<string>(type: "text", nullable: false),
                    asker_municipality = table.Column<string>(type: "text", nullable: false),
                    asked_role = table.Column<string>(type: "text", nullable: false),
                    asked_municipality = table.Column<string>(type: "text", nullable: false),
                    stage = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_counted_introduction", x => x.introduction_id);
                    table.ForeignKey(
                        name: "fk_counted_introduction_introduction_introduction_id",
                        column: x => x.introduction_id,
                        principalTable: "introduction",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "funnel_count",
                columns: table => new
                {
                    month = table.Column<string>(type: "text", nullable: false),
                    view = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<string>(type: "text", nullable: false),
                    stage = table.Column<string>(type: "text", nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_funnel_count", x => new { x.month, x.view, x.value, x.stage });
                });

            migrationBuilder.CreateTable(
                name: "meeting",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    introduction_id = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    suggested_by_id = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_meeting", x => x.id);
                    table.ForeignKey(
                        name: "fk_meeting_introduction_introduction_id",
                        column: x => x.introduction_id,
                        principalTable: "introduction",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "cooperation_member",
                columns: table => new
                {
                    cooperation_id = table.Column<long>(type: "bigint", nullable: false),
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    side = table.Column<string>(type: "text", nullable: false),
                    joined_at = table.Column<long>(type: "bigint", nullable: false),
                    may_be_told = table.Column<bool>(type: "boolean", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cooperation_member", x => new { x.cooperation_id, x.member_id });
                    table.ForeignKey(
                        name: "fk_cooperation_member_cooperation_cooperation_id",
                        column: x => x.cooperation_id,
                        principalTable: "cooperation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "cooperation_step",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    cooperation_id = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    said_by_id = table.Column<long>(type: "bigint", nullable: true),
                    said_by_side = table.Column<string>(type: "text", nullable: false),
                    said_at = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    party_lt = table.Column<string>(type: "text", nullable: true),
                    party_pl = table.Column<string>(type: "text", nullable: true),
                    link = table.Column<string>(type: "text", nullable: true),
                    answered_by_id = table.Column<long>(type: "bigint", nullable: true),
                    answered_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cooperation_step", x => x.id);
                    table.ForeignKey(
                        name: "fk_cooperation_step_cooperation_cooperation_id",
                        column: x => x.cooperation_id,
                        principalTable: "cooperation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_follow_up_due_at",
                table: "follow_up",
                column: "due_at",
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_cooperation_lt_organisation_id_pl_organisation_id",
                table: "cooperation",
                columns: new[] { "lt_organisation_id", "pl_organisation_id" },
                unique: true,
                filter: "lt_organisation_id IS NOT NULL AND pl_organisation_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_cooperation_pl_organisation_id",
                table: "cooperation",
                column: "pl_organisation_id");

            migrationBuilder.CreateIndex(
                name: "ix_cooperation_member_member_id",
                table: "cooperation_member",
                column: "member_id");

            migrationBuilder.CreateIndex(
                name: "ix_cooperation_step_cooperation_id",
                table: "cooperation_step",
                column: "cooperation_id");

            migrationBuilder.CreateIndex(
                name: "ix_counted_introduction_stage",
                table: "counted_introduction",
                column: "stage");

            migrationBuilder.CreateIndex(
                name: "ix_meeting_introduction_id",
                table: "meeting",
                column: "introduction_id");

            migrationBuilder.CreateIndex(
                name: "ix_meeting_suggested_by_id",
                table: "meeting",
                column: "suggested_by_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "cooperation_member");

            migrationBuilder.DropTable(
                name: "cooperation_step");

            migrationBuilder.DropTable(
                name: "counted_introduction");

            migrationBuilder.DropTable(
                name: "funnel_count");

            migrationBuilder.DropTable(
                name: "meeting");

            migrationBuilder.DropTable(
                name: "cooperation");

            migrationBuilder.DropIndex(
                name: "ix_follow_up_due_at",
                table: "follow_up");

            migrationBuilder.DropColumn(
                name: "answer",
                table: "follow_up");

            migrationBuilder.DropColumn(
                name: "answered_at",
                table: "follow_up");

            migrationBuilder.DropColumn(
                name: "due_at",
                table: "follow_up");

            migrationBuilder.DropColumn(
                name: "unanswered",
                table: "follow_up");

            migrationBuilder.RenameColumn(
                name: "asked",
                table: "follow_up",
                newName: "next");

            migrationBuilder.AddColumn<long>(
                name: "at",
                table: "follow_up",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "met",
                table: "follow_up",
                type: "text",
                nullable: false,
                defaultValue: "");
        }
    }
}
