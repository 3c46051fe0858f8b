using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrossBorderNetwork.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class FilesAndAuditSeals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "media_id",
                table: "webchat_activity",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "file_id",
                table: "broadcast",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<bool>(
                name: "file_is_photo",
                table: "broadcast",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "file_name",
                table: "broadcast",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "actor",
                table: "audit",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "nonce",
                table: "audit",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "seal",
                table: "audit",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "audit_head",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    seal = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_head", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "media_file",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    channel = table.Column<string>(type: "TEXT", nullable: false),
                    reference = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    is_photo = table.Column<bool>(type: "INTEGER", nullable: false),
                    content = table.Column<byte[]>(type: "BLOB", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_media_file", x => x.id);
                });

            migrationBuilder.InsertData(
                table: "audit_head",
                columns: new[] { "id", "seal" },
                values: new object[] { 1L, "" });

            migrationBuilder.CreateIndex(
                name: "ix_media_file_channel_reference",
                table: "media_file",
                columns: new[] { "channel", "reference" },
                unique: true);

            // A line of the audit log is never deleted, and changed only where the person is forgotten.
            migrationBuilder.Sql(
                """
                CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
                BEGIN SELECT RAISE(ABORT, 'The audit log is only ever added to.'); END;
                """);
            migrationBuilder.Sql(
                """
                CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
                WHEN NEW.person_id <> 0 OR NEW.nonce <> '' OR NEW.id IS NOT OLD.id OR NEW.act IS NOT OLD.act OR NEW.subject IS NOT OLD.subject
                    OR NEW.at IS NOT OLD.at OR NEW.actor IS NOT OLD.actor OR NEW.seal IS NOT OLD.seal
                BEGIN SELECT RAISE(ABORT, 'The audit log is only ever added to.'); END;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER audit_is_not_deleted");
            migrationBuilder.Sql("DROP TRIGGER audit_is_not_changed");

            migrationBuilder.DropTable(
                name: "audit_head");

            migrationBuilder.DropTable(
                name: "media_file");

            migrationBuilder.DropColumn(
                name: "media_id",
                table: "webchat_activity");

            migrationBuilder.DropColumn(
                name: "file_id",
                table: "broadcast");

            migrationBuilder.DropColumn(
                name: "file_is_photo",
                table: "broadcast");

            migrationBuilder.DropColumn(
                name: "file_name",
                table: "broadcast");

            migrationBuilder.DropColumn(
                name: "actor",
                table: "audit");

            migrationBuilder.DropColumn(
                name: "nonce",
                table: "audit");

            migrationBuilder.DropColumn(
                name: "seal",
                table: "audit");
        }
    }
}
