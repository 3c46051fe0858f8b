using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace CrossBorderNetwork.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "audit",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    person_id = table.Column<long>(type: "bigint", nullable: false),
                    act = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: true),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    nonce = table.Column<string>(type: "text", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: false),
                    seal = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_head",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    seal = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_head", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "broadcast",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    author_id = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    texts = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    asks_whether_read = table.Column<bool>(type: "boolean", nullable: false),
                    event_id = table.Column<long>(type: "bigint", nullable: true),
                    call_id = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    wished_at = table.Column<long>(type: "bigint", nullable: true),
                    confirmed_at = table.Column<long>(type: "bigint", nullable: true),
                    due_at = table.Column<long>(type: "bigint", nullable: true),
                    second_id = table.Column<long>(type: "bigint", nullable: true),
                    waited_alone = table.Column<bool>(type: "boolean", nullable: false),
                    started_at = table.Column<long>(type: "bigint", nullable: true),
                    stopped_at = table.Column<long>(type: "bigint", nullable: true),
                    ended_at = table.Column<long>(type: "bigint", nullable: true),
                    withdrawn_at = table.Column<long>(type: "bigint", nullable: true),
                    corrections = table.Column<int>(type: "integer", nullable: false),
                    file_id = table.Column<long>(type: "bigint", nullable: false),
                    file_is_photo = table.Column<bool>(type: "boolean", nullable: false),
                    file_name = table.Column<string>(type: "text", nullable: false),
                    progress_at = table.Column<long>(type: "bigint", nullable: false),
                    progress_done = table.Column<int>(type: "integer", nullable: false),
                    progress_message_id = table.Column<long>(type: "bigint", nullable: false),
                    result_cancelled = table.Column<int>(type: "integer", nullable: false),
                    result_delivered = table.Column<int>(type: "integer", nullable: false),
                    result_failed = table.Column<int>(type: "integer", nullable: false),
                    result_unreachable = table.Column<int>(type: "integer", nullable: false),
                    result_waiting = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_broadcast", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "call",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    type = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: false),
                    topics = table.Column<List<string>>(type: "text[]", nullable: false),
                    roles = table.Column<List<string>>(type: "text[]", nullable: false),
                    sides = table.Column<List<string>>(type: "text[]", nullable: false),
                    last_day = table.Column<DateOnly>(type: "date", nullable: false),
                    closes_at = table.Column<long>(type: "bigint", nullable: false),
                    author_id = table.Column<long>(type: "bigint", nullable: false),
                    published_at = table.Column<long>(type: "bigint", nullable: false),
                    outcome = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_call", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "consent",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    purpose = table.Column<string>(type: "text", nullable: false),
                    given = table.Column<bool>(type: "boolean", nullable: false),
                    text_hash = table.Column<string>(type: "text", nullable: false),
                    language = table.Column<string>(type: "text", nullable: false),
                    channel = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_consent", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "conversation",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    channel = table.Column<string>(type: "text", nullable: false),
                    address = table.Column<string>(type: "text", nullable: false),
                    sender_id = table.Column<string>(type: "text", nullable: false),
                    person_id = table.Column<long>(type: "bigint", nullable: false),
                    language = table.Column<string>(type: "text", nullable: false),
                    language_chosen = table.Column<bool>(type: "boolean", nullable: false),
                    handle = table.Column<string>(type: "text", nullable: true),
                    reachable = table.Column<bool>(type: "boolean", nullable: false),
                    state = table.Column<string>(type: "text", nullable: true),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    last_active_at = table.Column<long>(type: "bigint", nullable: false),
                    forgotten = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversation", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "coordinator",
                columns: table => new
                {
                    person_id = table.Column<long>(type: "bigint", nullable: false),
                    side = table.Column<string>(type: "text", nullable: false),
                    appointed_by = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_coordinator", x => x.person_id);
                });

            migrationBuilder.CreateTable(
                name: "event",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    title = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: false),
                    starts_at = table.Column<long>(type: "bigint", nullable: false),
                    ends_at = table.Column<long>(type: "bigint", nullable: true),
                    place = table.Column<string>(type: "text", nullable: true),
                    link = table.Column<string>(type: "text", nullable: true),
                    is_public = table.Column<bool>(type: "boolean", nullable: false),
                    organisers_lt = table.Column<List<string>>(type: "text[]", nullable: false),
                    organisers_pl = table.Column<List<string>>(type: "text[]", nullable: false),
                    topics = table.Column<List<string>>(type: "text[]", nullable: false),
                    capacity = table.Column<int>(type: "integer", nullable: true),
                    state = table.Column<string>(type: "text", nullable: false),
                    author_id = table.Column<long>(type: "bigint", nullable: false),
                    published_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_event", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "inbox",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    channel = table.Column<string>(type: "text", nullable: false),
                    external_id = table.Column<string>(type: "text", nullable: false),
                    payload = table.Column<string>(type: "text", nullable: true),
                    state = table.Column<int>(type: "integer", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    received_at = table.Column<long>(type: "bigint", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "introduction",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    asker_id = table.Column<long>(type: "bigint", nullable: false),
                    asked_id = table.Column<long>(type: "bigint", nullable: false),
                    pair = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: true),
                    was_postponed = table.Column<bool>(type: "boolean", nullable: false),
                    line = table.Column<string>(type: "text", nullable: true),
                    line_language = table.Column<string>(type: "text", nullable: false),
                    shared_language = table.Column<string>(type: "text", nullable: true),
                    decline_reason = table.Column<string>(type: "text", nullable: true),
                    asked_at = table.Column<long>(type: "bigint", nullable: false),
                    answered_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_introduction", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "link_attempt",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    person_id = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_link_attempt", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "link_code",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    person_id = table.Column<long>(type: "bigint", nullable: false),
                    conversation_id = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false),
                    expires_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_link_code", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "media_file",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    channel = table.Column<string>(type: "text", nullable: false),
                    reference = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    is_photo = table.Column<bool>(type: "boolean", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_media_file", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "member_price",
                columns: table => new
                {
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    round_id = table.Column<long>(type: "bigint", nullable: false),
                    price = table.Column<double>(type: "double precision", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_member_price", x => x.member_id);
                });

            migrationBuilder.CreateTable(
                name: "network_state",
                columns: table => new
                {
                    key = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_network_state", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "organisation",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    name = table.Column<string>(type: "text", nullable: false),
                    folded_name = table.Column<string>(type: "text", nullable: false),
                    municipality = table.Column<string>(type: "text", nullable: false),
                    side = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_organisation", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    conversation_id = table.Column<long>(type: "bigint", nullable: false),
                    lane = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    thread = table.Column<string>(type: "text", nullable: true),
                    payload = table.Column<string>(type: "text", nullable: true),
                    key = table.Column<string>(type: "text", nullable: true),
                    source = table.Column<string>(type: "text", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: false),
                    not_after = table.Column<long>(type: "bigint", nullable: false),
                    ended_at = table.Column<long>(type: "bigint", nullable: true),
                    message_id = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "set_aside",
                columns: table => new
                {
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    other_id = table.Column<long>(type: "bigint", nullable: false),
                    until = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_set_aside", x => new { x.member_id, x.other_id });
                });

            migrationBuilder.CreateTable(
                name: "webchat_activity",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    address = table.Column<string>(type: "text", nullable: false),
                    activity_id = table.Column<string>(type: "text", nullable: false),
                    from_bot = table.Column<bool>(type: "boolean", nullable: false),
                    json = table.Column<string>(type: "text", nullable: false),
                    file = table.Column<byte[]>(type: "bytea", nullable: true),
                    media_id = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webchat_activity", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "broadcast_filter",
                columns: table => new
                {
                    broadcast_id = table.Column<long>(type: "bigint", nullable: false),
                    facet = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<string>(type: "text", nullable: false)
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
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    broadcast_id = table.Column<long>(type: "bigint", nullable: false),
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
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

            migrationBuilder.CreateTable(
                name: "interest",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    call_id = table.Column<long>(type: "bigint", nullable: false),
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    line = table.Column<string>(type: "text", nullable: true),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_interest", x => x.id);
                    table.ForeignKey(
                        name: "fk_interest_call_call_id",
                        column: x => x.call_id,
                        principalTable: "call",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sign_up",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    event_id = table.Column<long>(type: "bigint", nullable: false),
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    since = table.Column<long>(type: "bigint", nullable: false),
                    reminded_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sign_up", x => x.id);
                    table.ForeignKey(
                        name: "fk_sign_up_event_event_id",
                        column: x => x.event_id,
                        principalTable: "event",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "follow_up",
                columns: table => new
                {
                    introduction_id = table.Column<long>(type: "bigint", nullable: false),
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    met = table.Column<string>(type: "text", nullable: false),
                    next = table.Column<string>(type: "text", nullable: true),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_follow_up", x => new { x.introduction_id, x.member_id });
                    table.ForeignKey(
                        name: "fk_follow_up_introduction_introduction_id",
                        column: x => x.introduction_id,
                        principalTable: "introduction",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "interpreting",
                columns: table => new
                {
                    introduction_id = table.Column<long>(type: "bigint", nullable: false),
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_interpreting", x => new { x.introduction_id, x.member_id });
                    table.ForeignKey(
                        name: "fk_interpreting_introduction_introduction_id",
                        column: x => x.introduction_id,
                        principalTable: "introduction",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "member",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    contact = table.Column<string>(type: "text", nullable: false),
                    side = table.Column<string>(type: "text", nullable: false),
                    municipality = table.Column<string>(type: "text", nullable: false),
                    zone = table.Column<string>(type: "text", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false),
                    organisation_id = table.Column<long>(type: "bigint", nullable: true),
                    languages = table.Column<string>(type: "text", nullable: false),
                    topics = table.Column<List<string>>(type: "text[]", nullable: false),
                    offers = table.Column<List<string>>(type: "text[]", nullable: false),
                    seeks = table.Column<List<string>>(type: "text[]", nullable: false),
                    about = table.Column<string>(type: "text", nullable: true),
                    is_bridge = table.Column<bool>(type: "boolean", nullable: false),
                    digest_day = table.Column<string>(type: "text", nullable: false),
                    digest_hour = table.Column<int>(type: "integer", nullable: false),
                    next_digest_at = table.Column<long>(type: "bigint", nullable: true),
                    may_be_found = table.Column<bool>(type: "boolean", nullable: false),
                    wants_digest = table.Column<bool>(type: "boolean", nullable: false),
                    wants_announcements = table.Column<bool>(type: "boolean", nullable: false),
                    muted_kinds = table.Column<string>(type: "text", nullable: false),
                    paused_until = table.Column<long>(type: "bigint", nullable: true),
                    joined_at = table.Column<long>(type: "bigint", nullable: false),
                    last_active_at = table.Column<long>(type: "bigint", nullable: false),
                    times_found = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_member", x => x.id);
                    table.ForeignKey(
                        name: "fk_member_organisation_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "organisation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "digest_sent",
                columns: table => new
                {
                    member_id = table.Column<long>(type: "bigint", nullable: false),
                    week = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_digest_sent", x => new { x.member_id, x.week });
                    table.ForeignKey(
                        name: "fk_digest_sent_member_member_id",
                        column: x => x.member_id,
                        principalTable: "member",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "audit_head",
                columns: new[] { "id", "seal" },
                values: new object[] { 1L, "" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_person_id",
                table: "audit",
                column: "person_id");

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

            migrationBuilder.CreateIndex(
                name: "ix_call_outcome_closes_at",
                table: "call",
                columns: new[] { "outcome", "closes_at" });

            migrationBuilder.CreateIndex(
                name: "ix_consent_member_id",
                table: "consent",
                column: "member_id");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_channel_address",
                table: "conversation",
                columns: new[] { "channel", "address" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_conversation_person_id",
                table: "conversation",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_event_starts_at",
                table: "event",
                column: "starts_at");

            migrationBuilder.CreateIndex(
                name: "ix_follow_up_member_id",
                table: "follow_up",
                column: "member_id");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_channel_external_id",
                table: "inbox",
                columns: new[] { "channel", "external_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_inbox_id",
                table: "inbox",
                column: "id",
                filter: "state = 0");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_received_at",
                table: "inbox",
                column: "received_at");

            migrationBuilder.CreateIndex(
                name: "ix_interest_call_id_member_id",
                table: "interest",
                columns: new[] { "call_id", "member_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_interest_member_id",
                table: "interest",
                column: "member_id");

            migrationBuilder.CreateIndex(
                name: "ix_interpreting_due_at",
                table: "interpreting",
                column: "due_at",
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_interpreting_member_id",
                table: "interpreting",
                column: "member_id");

            migrationBuilder.CreateIndex(
                name: "ix_introduction_asked_id",
                table: "introduction",
                column: "asked_id");

            migrationBuilder.CreateIndex(
                name: "ix_introduction_asker_id",
                table: "introduction",
                column: "asker_id");

            migrationBuilder.CreateIndex(
                name: "ix_introduction_due_at",
                table: "introduction",
                column: "due_at",
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_introduction_pair",
                table: "introduction",
                column: "pair",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_link_attempt_person_id",
                table: "link_attempt",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_link_code_hash",
                table: "link_code",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_media_file_channel_reference",
                table: "media_file",
                columns: new[] { "channel", "reference" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_member_next_digest_at",
                table: "member",
                column: "next_digest_at");

            migrationBuilder.CreateIndex(
                name: "ix_member_organisation_id",
                table: "member",
                column: "organisation_id");

            migrationBuilder.CreateIndex(
                name: "ix_member_side_role",
                table: "member",
                columns: new[] { "side", "role" });

            migrationBuilder.CreateIndex(
                name: "ix_organisation_side_folded_name",
                table: "organisation",
                columns: new[] { "side", "folded_name" });

            migrationBuilder.CreateIndex(
                name: "ix_outbox_conversation_id",
                table: "outbox",
                column: "conversation_id");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_key",
                table: "outbox",
                column: "key",
                unique: true,
                filter: "key IS NOT NULL");

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
                name: "ix_outbox_source_state",
                table: "outbox",
                columns: new[] { "source", "state" },
                filter: "source IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_set_aside_other_id",
                table: "set_aside",
                column: "other_id");

            migrationBuilder.CreateIndex(
                name: "ix_sign_up_event_id_member_id",
                table: "sign_up",
                columns: new[] { "event_id", "member_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sign_up_member_id",
                table: "sign_up",
                column: "member_id");

            migrationBuilder.CreateIndex(
                name: "ix_webchat_activity_activity_id",
                table: "webchat_activity",
                column: "activity_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_webchat_activity_address_id",
                table: "webchat_activity",
                columns: new[] { "address", "id" });

            migrationBuilder.Sql(
                """
                CREATE FUNCTION audit_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF TG_OP = 'UPDATE' AND NEW.person_id = 0 AND NEW.nonce = ''
                        AND ROW(NEW.id, NEW.act, NEW.subject, NEW.at, NEW.actor, NEW.seal) IS NOT DISTINCT FROM ROW(OLD.id, OLD.act, OLD.subject, OLD.at, OLD.actor, OLD.seal)
                    THEN RETURN NEW; END IF;
                    RAISE EXCEPTION 'The audit log is only ever added to.';
                END $$;
                CREATE TRIGGER audit_is_not_changed BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_is_only_added_to();
                CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_is_only_added_to();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP FUNCTION audit_is_only_added_to CASCADE");

            migrationBuilder.DropTable(
                name: "audit");

            migrationBuilder.DropTable(
                name: "audit_head");

            migrationBuilder.DropTable(
                name: "broadcast_filter");

            migrationBuilder.DropTable(
                name: "broadcast_read");

            migrationBuilder.DropTable(
                name: "consent");

            migrationBuilder.DropTable(
                name: "conversation");

            migrationBuilder.DropTable(
                name: "coordinator");

            migrationBuilder.DropTable(
                name: "digest_sent");

            migrationBuilder.DropTable(
                name: "follow_up");

            migrationBuilder.DropTable(
                name: "inbox");

            migrationBuilder.DropTable(
                name: "interest");

            migrationBuilder.DropTable(
                name: "interpreting");

            migrationBuilder.DropTable(
                name: "link_attempt");

            migrationBuilder.DropTable(
                name: "link_code");

            migrationBuilder.DropTable(
                name: "media_file");

            migrationBuilder.DropTable(
                name: "member_price");

            migrationBuilder.DropTable(
                name: "network_state");

            migrationBuilder.DropTable(
                name: "outbox");

            migrationBuilder.DropTable(
                name: "set_aside");

            migrationBuilder.DropTable(
                name: "sign_up");

            migrationBuilder.DropTable(
                name: "webchat_activity");

            migrationBuilder.DropTable(
                name: "broadcast");

            migrationBuilder.DropTable(
                name: "member");

            migrationBuilder.DropTable(
                name: "call");

            migrationBuilder.DropTable(
                name: "introduction");

            migrationBuilder.DropTable(
                name: "event");

            migrationBuilder.DropTable(
                name: "organisation");
        }
    }
}
