package dev.interdict.server.exemptions;

import dev.interdict.policy.Exemption;
import dev.interdict.policy.Refusal;
import dev.interdict.policy.RuleId;
import dev.interdict.server.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One case: what people decided on one rule for one device.
///
/// @param number counts all cases of this server
/// @param request the answer that asked for it, by the device's own name for it; null where nobody
///   asked
/// @param until its end; null only where it was refused or taken back without one
/// @param reason shown to the employee
/// @param particulars what was written down beside a grant
/// @param contact whom the employee may ask; null where it was not refused
/// @param opened the first step
/// @param decided the second step, or the refusal; null while it waits
/// @param ended how it came to its end; null while it has not
public record ExemptionCase(
    long number,
    About about,
    @Nullable String request,
    CaseState state,
    @Nullable Instant until,
    String reason,
    Particulars particulars,
    @Nullable String contact,
    Step opened,
    @Nullable Step decided,
    @Nullable Ending ended) {

  /// Who did it, and when.
  public record Step(String by, Instant at) {}

  /// Who ended it, when, and why.
  public record Ending(String by, Instant at, String reason) {}

  /// As people and the signed document name it, such as `EX-0118`.
  public String id() {
    return id(number);
  }

  /// The same of the case of that number.
  public static String id(long number) {
    return "EX-%04d".formatted(number);
  }

  /// Of which category it is, as that is written; empty where nobody said.
  public String category() {
    var category = particulars.category();
    return category == null ? "" : category.written();
  }

  /// As devices read it.
  Exemption exemption() {
    return new Exemption(
        id(),
        about.rule(),
        about.device(),
        Objects.requireNonNull(until, "no exemption without an end"),
        Objects.requireNonNull(decided, "nothing is granted by nobody").by(),
        reason);
  }

  /// As devices read that it was refused. The request's own name, where there was one: it is the
  /// one that the employee knows.
  Refusal refusal() {
    var by = Objects.requireNonNull(decided, "nothing is refused by nobody");
    return new Refusal(
        request == null ? id() : request,
        about.rule(),
        about.device(),
        by.by(),
        reason,
        contact == null ? by.by() : contact,
        by.at());
  }

  static ExemptionCase read(ResultSet row) throws SQLException {
    var until = Sql.nullableLong(row, "until_at");
    var decided = step(row, "decided");
    var ended = step(row, "ended");
    return new ExemptionCase(
        row.getLong("case_number"),
        new About(row.getString("device_id"), new RuleId(row.getString("rule_id"))),
        row.getString("request_id"),
        CaseState.read(row.getString("state")),
        until == null ? null : Instant.ofEpochMilli(until),
        row.getString("reason"),
        Particulars.read(row),
        row.getString("contact"),
        Objects.requireNonNull(step(row, "opened")),
        decided,
        ended == null
            ? null
            : new Ending(
                ended.by(), ended.at(), Objects.requireNonNull(row.getString("end_reason"))));
  }

  private static @Nullable Step step(ResultSet row, String what) throws SQLException {
    var at = Sql.nullableLong(row, what + "_at");
    return at == null ? null : new Step(row.getString(what + "_by"), Instant.ofEpochMilli(at));
  }
}
