package dev.interdict.server.exemptions;

import static dev.interdict.server.publish.PublishOutcome.Reason.CONTENT;

import dev.interdict.policy.RuleId;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.scope.ScopeCondition;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.server.wording.Sentence;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;

/// The rows of what employees filed at the console. Thread-safe.
public final class FiledRequests {
  private static final String OWN =
      " from filed_request f join device d on d.device_id = f.device_id where f.account = :account";

  private static final String FILED =
      "select 1 from filed_request where device_id = ? and rule_id = ? and account = ? limit 1";

  private final Database database;

  public FiledRequests(Database database) {
    this.database = database;
  }

  /// What that account filed for devices that it sees, newest first.
  public List<FiledRequest> of(String account, Scope scope, int most) {
    var binds = new HashMap<String, Object>();
    var seen = ScopeCondition.of(scope, "d.department", binds);
    return database.read(handle ->
        handle
            .createQuery(
                "select f.*" + OWN + seen + " order by f.at desc, f.request_id limit :most")
            .bindMap(binds)
            .bind("account", account)
            .bind("most", most)
            .map((row, _) ->
                new FiledRequest(
                    row.getString("request_id"),
                    new About(row.getString("device_id"), new RuleId(row.getString("rule_id"))),
                    Instant.ofEpochMilli(row.getLong("at")),
                    Instant.ofEpochMilli(row.getLong("until_at")),
                    row.getString("reason")))
            .list());
  }

  /// How many those are.
  public long count(String account, Scope scope) {
    var binds = new HashMap<String, Object>();
    var seen = ScopeCondition.of(scope, "d.department", binds);
    return database.read(handle ->
        handle
            .createQuery("select count(*)" + OWN + seen)
            .bindMap(binds)
            .bind("account", account)
            .mapTo(Long.class)
            .one());
  }

  /// Whether that account asked here for an exemption of the device from the rule.
  public boolean has(String account, About about) {
    return database.first(
            FILED, row -> row.getInt(1), about.device(), about.rule().value(), account)
        != null;
  }

  /// Ends a decision's transaction where whoever decides asked for it.
  static void needAnother(Connection connection, String account, About about) throws SQLException {
    if (Sql.first(
            connection, FILED, row -> row.getInt(1), about.device(), about.rule().value(), account)
        != null) {
      throw new UndecidedException(CONTENT, ownRequest(account, about));
    }
  }

  /// Why whoever asked does not decide.
  public static Sentence ownRequest(String account, About about) {
    return Sentence.of(
        "exemption.own-request",
        "%s asked for an exemption of this device from %s; somebody else decides",
        account,
        about.rule());
  }

  static long given(Connection connection, String account, About about, Instant term)
      throws SQLException {
    var given =
        Sql.first(
            connection,
            "select count(*) from filed_request where device_id = ? and rule_id = ? and account = ?"
                + " and term = ?",
            row -> row.getLong(1),
            about.device(),
            about.rule().value(),
            account,
            term.toEpochMilli());
    return given == null ? 0 : given;
  }

  static void add(Connection connection, String account, FiledRequest one, Instant term)
      throws SQLException {
    Sql.update(
        connection,
        "insert into filed_request (device_id, rule_id, request_id, account, at, until_at, term,"
            + " reason) values (?,?,?,?,?,?,?,?)",
        one.about().device(),
        one.about().rule().value(),
        one.id(),
        account,
        one.at().toEpochMilli(),
        one.until() == null ? null : one.until().toEpochMilli(),
        term.toEpochMilli(),
        one.reason());
  }
}
