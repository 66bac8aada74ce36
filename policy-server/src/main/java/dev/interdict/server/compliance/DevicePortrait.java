package dev.interdict.server.compliance;

import dev.interdict.report.Device;
import dev.interdict.report.DeviceId;
import dev.interdict.report.EvidenceStrength;
import dev.interdict.report.OsFamily;
import dev.interdict.report.PolicyVersion;
import dev.interdict.report.Presence;
import dev.interdict.report.ReportedAnswer;
import dev.interdict.report.ReportedFinding;
import dev.interdict.report.ReportedNotice;
import dev.interdict.report.RuleState;
import dev.interdict.server.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Puts together all that is known of one device. Used once.
final class DevicePortrait {
  private static final int TURNS = 20;

  private final Handle handle;
  private final Horizon horizon;
  private final DeviceId id;

  DevicePortrait(Handle handle, Horizon horizon, DeviceId id) {
    this.handle = handle;
    this.horizon = horizon;
    this.id = id;
  }

  @Nullable DeviceDetail detail() {
    return query("select * from device where device_id = :id")
        .map((row, _) -> detail(row))
        .findOne()
        .orElse(null);
  }

  private DeviceDetail detail(ResultSet row) throws SQLException {
    var tags = row.getString("tags");
    var device =
        new Device(
            id,
            row.getString("host"),
            constant(OsFamily.class, row.getString("os")),
            row.getString("os_version"),
            row.getString("architecture"),
            row.getInt("vocabulary"));
    var membership =
        new DeviceDetail.Membership(
            Instant.ofEpochMilli(row.getLong("enrolled_at")),
            row.getString("token_id"),
            row.getString("department"),
            row.getString("ring"),
            tags.isEmpty() ? List.of() : List.of(tags.split(",")),
            row.getString("standing"),
            row.getString("standing_reason"),
            row.getString("entry_id"),
            row.getString("bound_by"),
            row.getString("replaces"),
            person(row.getString("entry_id")));
    var contact = contact(row);
    var unexpected = row.getString("entry_id") == null && Horizon.listed(handle);
    var rules = rules(contact, unexpected);
    return new DeviceDetail(
        device,
        membership,
        contact,
        rules,
        notes(),
        steps(),
        told(),
        answers(rules),
        turns(),
        rescan());
  }

  private DeviceDetail.@Nullable Rescan rescan() {
    return query("select asked_at, asked_by, told_at from rescan where device_id = :id")
        .map((row, _) ->
            new DeviceDetail.Rescan(
                Instant.ofEpochMilli(row.getLong("asked_at")),
                row.getString("asked_by"),
                instant(row, "told_at")))
        .findOne()
        .orElse(null);
  }

  private @Nullable String person(@Nullable String entry) {
    return entry == null
        ? null
        : handle
            .createQuery(
                "select person from expected_device where entry_id = :entry and person <> ''")
            .bind("entry", entry)
            .mapTo(String.class)
            .findOne()
            .orElse(null);
  }

  private static DeviceDetail.Contact contact(ResultSet row) throws SQLException {
    var serial = Sql.nullableLong(row, "policy_serial");
    return new DeviceDetail.Contact(
        Instant.ofEpochMilli(row.getLong("last_contact")),
        row.getString("agent_version"),
        serial == null ? null : new PolicyVersion(serial, row.getLong("policy_version")),
        instant(row, "scanned_at"),
        row.getInt("supported") == 1,
        row.getLong("sequence"),
        row.getString("report_hash"),
        row.getLong("lost"),
        instant(row, "forked_at"),
        instant(row, "cloned_at"));
  }

  private List<DeviceDetail.Rule> rules(DeviceDetail.Contact contact, boolean unexpected) {
    var findings = findings();
    return query("select * from rule_state where device_id = :id order by rule_id")
        .map((row, _) -> {
          var rule = row.getString("rule_id");
          var state = constant(RuleState.class, row.getString("state"));
          var presence = row.getString("presence");
          var exempt = instant(row, "exempt_until");
          return new DeviceDetail.Rule(
              rule,
              Status.of(
                  unexpected,
                  contact.supported(),
                  contact.last(),
                  exempt,
                  state,
                  horizon.silentBefore(),
                  horizon.now()),
              state,
              presence == null ? null : constant(Presence.class, presence),
              instant(row, "due_at"),
              exempt,
              Instant.ofEpochMilli(row.getLong("since")),
              instant(row, "first_seen"),
              row.getString("error"),
              findings.getOrDefault(rule, List.of()));
        })
        .list();
  }

  private Map<String, List<ReportedFinding>> findings() {
    return query("select * from finding where device_id = :id order by rule_id, n")
        .map((row, _) -> Map.entry(row.getString("rule_id"), finding(row)))
        .list()
        .stream()
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey,
                Collectors.mapping(Map.Entry::getValue, Collectors.toUnmodifiableList())));
  }

  private static ReportedFinding finding(ResultSet row) throws SQLException {
    return new ReportedFinding(
        row.getString("source"),
        row.getString("identity"),
        row.getString("version"),
        row.getString("location"),
        row.getString("owner"),
        constant(EvidenceStrength.class, row.getString("strength")),
        row.getInt("running") == 1,
        null,
        row.getString("finding_key"));
  }

  private List<DeviceDetail.Told> told() {
    return query(
            "select * from notice where device_id = :id order by sequence desc, n desc limit "
                + DeviceDetail.NEWEST)
        .map((row, _) ->
            new DeviceDetail.Told(
                row.getString("rule_id"),
                new ReportedNotice(
                    Instant.ofEpochMilli(row.getLong("at")),
                    row.getString("phase"),
                    row.getString("channel"),
                    row.getString("outcome"),
                    row.getString("person"))))
        .list();
  }

  private List<DeviceDetail.Answer> answers(List<DeviceDetail.Rule> rules) {
    var open =
        rules.stream()
            .filter(rule -> rule.reported().hasIt() && rule.status() != Status.EXEMPT)
            .map(DeviceDetail.Rule::rule)
            .collect(Collectors.toSet());
    return query(
            "select * from answer where device_id = :id order by at desc, answer_id limit "
                + DeviceDetail.NEWEST)
        .map((row, _) -> answer(row, open))
        .list()
        .stream()
        .sorted(Comparator.comparing(DeviceDetail.Answer::waits).reversed())
        .toList();
  }

  private static DeviceDetail.Answer answer(ResultSet row, Set<String> open) throws SQLException {
    var rule = row.getString("rule_id");
    var answer =
        new ReportedAnswer(
            row.getString("answer_id"),
            row.getString("kind"),
            Instant.ofEpochMilli(row.getLong("at")),
            instant(row, "until_at"),
            row.getString("finding"),
            row.getString("reason"),
            row.getString("person"));
    return new DeviceDetail.Answer(rule, answer, answer.asks() && open.contains(rule));
  }

  private List<DeviceDetail.Note> notes() {
    return query("select * from device_note where device_id = :id order by n")
        .map((row, _) ->
            new DeviceDetail.Note(
                row.getString("kind"), row.getString("problem"), row.getString("subject")))
        .list();
  }

  private List<DeviceDetail.Step> steps() {
    return query(
            "select * from action where device_id = :id order by sequence desc, n desc limit "
                + DeviceDetail.NEWEST)
        .map((row, _) -> DeviceDetail.Step.read(row))
        .list();
  }

  private List<DeviceDetail.Turn> turns() {
    return query(
            "select at, kind, sequence, from_sequence from device_event where device_id = :id union"
                + " all select replaced_at, 'key', 0, 0 from device_key where device_id = :id order"
                + " by at desc, sequence desc limit "
                + TURNS)
        .map((row, _) ->
            new DeviceDetail.Turn(
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("kind"),
                row.getLong("sequence"),
                row.getLong("from_sequence")))
        .list();
  }

  private Query query(String sql) {
    return handle.createQuery(sql).bind("id", id.value());
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var millis = Sql.nullableLong(row, column);
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }

  static <E extends Enum<E>> E constant(Class<E> type, String word) {
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
