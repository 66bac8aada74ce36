package dev.interdict.server.exemptions;

import dev.interdict.offline.CodeDocument;
import dev.interdict.offline.CodeKey;
import dev.interdict.report.DeviceId;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The rows of one-time codes: which were read out, which are used, and what devices are told of
/// them. Thread-safe.
public final class IssuedCodes {
  private static final String ALL =
      "select c.device_id, c.answer_id, c.case_number, c.until_at, c.issued_at, c.issued_by,"
          + " min(a.at) as used_at from exemption_code c left join answer a on a.device_id ="
          + " c.device_id and a.answer_id = c.answer_id and a.rule_id = c.rule_id and a.kind ="
          + " 'exemption-code'";
  private static final String GROUPED =
      " group by c.device_id, c.answer_id, c.case_number, c.until_at, c.issued_at, c.issued_by";

  private final Database database;

  public IssuedCodes(Database database) {
    this.database = database;
  }

  /// The codes of one case, the oldest first.
  public List<IssuedCode> of(ExemptionCase one) {
    return database.read(handle ->
        handle
            .createQuery(
                ALL
                    + " where c.device_id = :device and c.case_number = :number"
                    + GROUPED
                    + " order by c.issued_at, c.answer_id")
            .bind("device", one.about().device())
            .bind("number", one.number())
            .map((row, _) -> IssuedCode.read(row))
            .list());
  }

  /// The codes of all cases of a device and a rule: by the newest case, and of one the oldest
  /// first.
  public List<IssuedCode> of(About about) {
    return database.read(handle ->
        handle
            .createQuery(
                ALL
                    + " where c.device_id = :device and c.rule_id = :rule"
                    + GROUPED
                    + " order by c.case_number desc, c.issued_at, c.answer_id")
            .bind("device", about.device())
            .bind("rule", about.rule().value())
            .map((row, _) -> IssuedCode.read(row))
            .list());
  }

  /// What devices are told: the key, and the codes that were ended before their time. Null where no
  /// key was ever made.
  @Nullable CodeDocument document() {
    return database.read(handle -> {
      var key =
          handle
              .createQuery(
                  "select public_key from code_key order by made_at desc, public_key limit 1")
              .mapTo(String.class)
              .findOne();
      if (key.isEmpty()) {
        return null;
      }
      var ended =
          handle
              .createQuery(
                  "select c.device_id, c.answer_id from exemption_code c join exemption e on"
                      + " e.device_id = c.device_id and e.case_number = c.case_number where c.told"
                      + " = 1 and e.state = 'ended' and e.ended_at < c.until_at")
              .map((row, _) -> CodeDocument.mark(new DeviceId(row.getString(1)), row.getString(2)))
              .collect(Collectors.toUnmodifiableSet());
      return new CodeDocument(key.get(), ended);
    });
  }

  /// Whether the key's public half is the one that devices are told of.
  public boolean isTold(CodeKey key) {
    var document = document();
    return document != null && document.publicKey().equals(key.publicKey());
  }

  /// Tells devices of this key from now on.
  public static void tell(Connection connection, CodeKey key, Instant now) throws SQLException {
    var newest = Sql.first(connection, "select max(made_at) from code_key", row -> row.getLong(1));
    Sql.update(
        connection,
        "insert into code_key (public_key, made_at) values (?,?) on conflict (public_key) do update"
            + " set made_at = excluded.made_at",
        key.publicKey(),
        // The newest counts, also of two within one tick of the clock.
        Math.max(now.toEpochMilli(), newest == null ? 0 : newest + 1));
  }

  /// Whether a code of that name was read out for the device.
  static boolean isIssued(Connection connection, String device, String name) throws SQLException {
    return Sql.first(
            connection,
            "select 1 from exemption_code where device_id = ? and answer_id = ?",
            row -> row.getInt(1),
            device,
            name)
        != null;
  }

  static void add(
      Connection connection, ExemptionCase one, String name, Instant until, String by, Instant now)
      throws SQLException {
    Sql.update(
        connection,
        "insert into exemption_code (device_id, answer_id, rule_id, case_number, until_at,"
            + " issued_at, issued_by, told) values (?,?,?,?,?,?,?,1)",
        one.about().device(),
        name,
        one.about().rule().value(),
        one.number(),
        until.toEpochMilli(),
        now.toEpochMilli(),
        by);
  }

  /// What has ended by itself needs no telling.
  static void forget(Connection connection, Instant now) throws SQLException {
    Sql.update(
        connection,
        "update exemption_code set told = 0 where told = 1 and until_at <= ?",
        now.toEpochMilli());
  }
}
