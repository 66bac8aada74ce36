package dev.interdict.server.exemptions;

import dev.interdict.policy.RuleId;
import dev.interdict.server.query.Where;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.scope.ScopeCondition;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads requests and cases. Thread-safe.
public final class Cases {
  /// The newest request of each device and rule, with how many there are: a device that asks ten
  /// thousand times is one line. What a decision has answered, or a case is open for, is not there.
  static final String REQUESTS =
      "select a.*, d.host from (select device_id, rule_id, request_id, until_at, reason, person,"
          + " filed_by, heard, row_number() over (partition by device_id, rule_id order by heard"
          + " desc, at desc, request_id desc) as nth, count(*) over (partition by device_id,"
          + " rule_id) as asked from exemption_request) a join device d on d.device_id ="
          + " a.device_id where nth = 1 and not exists (select 1 from exemption e where e.device_id"
          + " = a.device_id and e.rule_id = a.rule_id and (e.request_id = a.request_id or e.state ="
          + " 'confirmed' or coalesce(e.decided_at, e.ended_at) > a.heard))";

  private static final String REQUEST = REQUESTS + " and a.device_id = ? and a.rule_id = ?";

  private final Database database;
  private final Scope scope;

  public Cases(Database database) {
    this(database, Scope.WHOLE);
  }

  private Cases(Database database, Scope scope) {
    this.database = database;
    this.scope = scope;
  }

  /// As somebody finds them who sees some departments: as if no other device had ever asked. Lists
  /// that are cut are cut within it.
  public Cases within(Scope departments) {
    return new Cases(database, departments);
  }

  /// ` and …`, or nothing.
  private String seen(Map<String, Object> binds) {
    return scope.isWhole()
        ? ""
        : " and exists (select 1 from device d where d.device_id = exemption.device_id"
            + ScopeCondition.of(scope, "d.department", binds)
            + ")";
  }

  /// A device as people find it.
  public record Named(String device, String host) {}

  /// The devices whose id begins so, or whose host name it is; at most a few.
  public List<Named> devices(String text) {
    return database.read(handle ->
        handle
            .createQuery(
                "select device_id, host from device where device_id = :text or host = :text or"
                    + " (length(:text) >= 6 and substr(device_id, 1, length(:text)) = :text) order"
                    + " by device_id limit 5")
            .bind("text", text)
            .map((row, _) -> new Named(row.getString(1), row.getString(2)))
            .list());
  }

  /// The host name of a device; its id where it is not known any more.
  public String host(String device) {
    var host =
        database.first(
            "select host from device where device_id = ?", row -> row.getString(1), device);
    return host == null ? device : host;
  }

  /// The requests that wait for the first step, the one that waits longest first.
  ///
  /// @param rules those that are published: of any other there is nothing to be exempt from
  public List<Request> requests(Collection<RuleId> rules) {
    return requests(rules, null, Integer.MAX_VALUE);
  }

  /// At most `most` of them behind one that was the last before; null for the first.
  public List<Request> requests(Collection<RuleId> rules, @Nullable Waiting after, int most) {
    if (rules.isEmpty()) {
      return List.of();
    }
    var where = waiting(rules);
    if (after != null) {
      where
          .add(
              "(a.heard > :heard or a.heard = :heard and (a.device_id > :device or a.device_id ="
                  + " :device and a.rule_id > :rule))")
          .bind("heard", after.heard().toEpochMilli())
          .bind("device", after.about().device())
          .bind("rule", after.about().rule().value());
    }
    return database.read(handle ->
        handle
            .createQuery(
                REQUESTS
                    + " and "
                    + where.conditions()
                    + " order by a.heard, a.device_id, a.rule_id limit :most")
            .bindMap(where.binds())
            .bind("most", most)
            .map((row, _) -> request(row))
            .list());
  }

  /// How many requests wait.
  public long requestCount(Collection<RuleId> rules) {
    if (rules.isEmpty()) {
      return 0;
    }
    var where = waiting(rules);
    return database.read(handle ->
        handle
            .createQuery("select count(*) from (" + REQUESTS + " and " + where.conditions() + ") w")
            .bindMap(where.binds())
            .mapTo(Long.class)
            .one());
  }

  /// The place of a request among those that wait.
  public record Waiting(Instant heard, About about) {}

  private Where waiting(Collection<RuleId> rules) {
    var where = new Where().any("a.rule_id", "known", rules.stream().map(RuleId::value).toList());
    if (!scope.isWhole()) {
      var binds = new HashMap<String, Object>();
      where.add("1 = 1" + ScopeCondition.of(scope, "d.department", binds)).bind(binds);
    }
    return where;
  }

  /// The request of a device and rule that waits for the first step.
  public Optional<Request> request(About about) {
    return Optional.ofNullable(
        database.first(REQUEST, Cases::request, about.device(), about.rule().value()));
  }

  static @Nullable Request request(Connection connection, About about) throws SQLException {
    return Sql.first(connection, REQUEST, Cases::request, about.device(), about.rule().value());
  }

  static Request request(ResultSet row) throws SQLException {
    var until = Sql.nullableLong(row, "until_at");
    return new Request(
        new About(row.getString("device_id"), new RuleId(row.getString("rule_id"))),
        row.getString("host"),
        row.getString("request_id"),
        Instant.ofEpochMilli(row.getLong("heard")),
        until == null ? null : Instant.ofEpochMilli(until),
        row.getString("reason"),
        row.getString("person"),
        row.getString("filed_by"),
        row.getLong("asked"));
  }

  /// What there is to decide of each of those, in as many statements for many as for one; of those
  /// alone that are seen.
  public Map<About, Standing> standing(Collection<About> wanted) {
    return database.read(handle -> Standing.of(handle, scope, wanted));
  }

  /// All cases of a device and rule, newest first.
  public List<ExemptionCase> of(About about) {
    return database.read(handle ->
        handle
            .createQuery(
                "select * from exemption where device_id = :device and rule_id = :rule order by"
                    + " case_number desc")
            .bind("device", about.device())
            .bind("rule", about.rule().value())
            .map((row, _) -> ExemptionCase.read(row))
            .list());
  }

  /// The cases that wait for the second step, the oldest first.
  public List<ExemptionCase> confirmed() {
    return in(CaseState.CONFIRMED, "case_number");
  }

  /// The exemptions that hold, the next to end first.
  public List<ExemptionCase> granted() {
    return in(CaseState.GRANTED, "until_at, case_number");
  }

  /// The exemptions that hold and end within `span` from `now`: of these their people are reminded.
  public List<ExemptionCase> ending(Instant now, Duration span) {
    var last = now.plus(span);
    return granted().stream()
        .filter(one -> one.until() != null && !one.until().isAfter(last))
        .toList();
  }

  /// What somebody sent to ask for an exemption.
  ///
  /// @param at when this server first heard of it
  /// @param until the end that was asked for; null where none was named
  /// @param reason the employee's own words; null where there are none
  /// @param filedBy the account that filed it at the console; null where a device told it
  public record Asked(
      String id,
      Instant at,
      @Nullable Instant until,
      @Nullable String reason,
      @Nullable String filedBy) {}

  /// All requests of a device and rule, newest first, whatever became of them.
  public List<Asked> asked(About about, int most) {
    return database.read(handle ->
        handle
            .createQuery(
                "select * from exemption_request where device_id = :device and rule_id = :rule"
                    + " order by heard desc, request_id desc limit :most")
            .bind("device", about.device())
            .bind("rule", about.rule().value())
            .bind("most", most)
            .map((row, _) -> askedOf(row))
            .list());
  }

  /// One of them; null where it is not kept any more.
  static @Nullable Asked asked(Connection connection, About about, String id) throws SQLException {
    return Sql.first(
        connection,
        "select * from exemption_request where device_id = ? and rule_id = ? and request_id = ?",
        Cases::askedOf,
        about.device(),
        about.rule().value(),
        id);
  }

  private static Asked askedOf(ResultSet row) throws SQLException {
    var until = Sql.nullableLong(row, "until_at");
    return new Asked(
        row.getString("request_id"),
        Instant.ofEpochMilli(row.getLong("heard")),
        until == null ? null : Instant.ofEpochMilli(until),
        row.getString("reason"),
        row.getString("filed_by"));
  }

  /// How many requests of a device and rule are kept.
  public long askedCount(About about) {
    return database.read(handle ->
        handle
            .createQuery(
                "select count(*) from exemption_request where device_id = :device and rule_id ="
                    + " :rule")
            .bind("device", about.device())
            .bind("rule", about.rule().value())
            .mapTo(Long.class)
            .one());
  }

  /// All that is to stand in the signed documents.
  List<ExemptionCase> inForce() {
    return database.read(handle ->
        handle
            .createQuery("select * from exemption where in_force = 1 order by case_number")
            .map((row, _) -> ExemptionCase.read(row))
            .list());
  }

  private List<ExemptionCase> in(CaseState state, String order) {
    var binds = new HashMap<String, Object>();
    var within = seen(binds);
    return database.read(handle ->
        handle
            .createQuery(
                "select * from exemption where state = :state" + within + " order by " + order)
            .bindMap(binds)
            .bind("state", state.written())
            .map((row, _) -> ExemptionCase.read(row))
            .list());
  }

  static @Nullable ExemptionCase last(Connection connection, About about) throws SQLException {
    return Sql.first(
        connection,
        "select * from exemption where device_id = ? and rule_id = ? order by case_number desc"
            + " limit 1",
        ExemptionCase::read,
        about.device(),
        about.rule().value());
  }

  static @Nullable ExemptionCase one(Connection connection, About about, long number)
      throws SQLException {
    return Sql.first(
        connection,
        "select * from exemption where device_id = ? and case_number = ?",
        ExemptionCase::read,
        about.device(),
        number);
  }

  /// Which case of the device and rule is the last one now, and how it stands: what a decider has
  /// before his eyes.
  public Seen seen(About about) {
    return Seen.of(of(about).stream().findFirst().orElse(null));
  }

  /// @param number of the last case; 0 where there is none
  public record Seen(long number, @Nullable CaseState state) {
    static Seen of(@Nullable ExemptionCase last) {
      return last == null ? new Seen(0, null) : new Seen(last.number(), last.state());
    }
  }
}
