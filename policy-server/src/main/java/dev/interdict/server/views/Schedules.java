package dev.interdict.server.views;

import dev.interdict.json.Json;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.server.views.Schedule.OfRule;
import dev.interdict.server.views.Schedule.OfView;
import dev.interdict.server.views.Schedule.Subject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Keeps what is told by mail and when. Each change is a line in the audit log, since figures leave
/// the company's server by it. Thread-safe.
public final class Schedules {
  /// How many there may be in all.
  public static final int MOST = 500;

  private final Database database;
  private final Audit audit;
  private final InstantSource clock;
  private final RandomGenerator random;

  public Schedules(Database database, Audit audit, InstantSource clock, RandomGenerator random) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
    this.random = random;
  }

  /// All of them, the next to go out first.
  public List<Schedule> list() {
    return database.read(handle ->
        handle
            .createQuery("select * from report_schedule order by next_at, schedule_id")
            .map((row, _) -> Schedule.read(row))
            .list());
  }

  /// Adds one, whose first turn is the next that there is.
  ///
  /// @param recipients addresses of mailboxes, as they were checked
  /// @return empty if there are as many as there may be
  public Optional<Schedule> add(
      String account, Subject subject, Rhythm rhythm, List<String> recipients, Locale language) {
    var now = clock.instant();
    var schedule =
        new Schedule(
            id(),
            account,
            subject,
            rhythm,
            recipients,
            language,
            now,
            rhythm.after(now),
            null,
            null);
    return database.write(connection -> {
      var kept =
          Sql.first(connection, "select count(*) from report_schedule", row -> row.getLong(1));
      if (kept != null && kept >= MOST) {
        return Optional.empty();
      }
      insert(connection, schedule);
      audit.append(
          connection, account, "report.schedule", "schedule " + schedule.id(), detail(schedule));
      return Optional.of(schedule);
    });
  }

  private static void insert(Connection connection, Schedule schedule) throws SQLException {
    Sql.update(
        connection,
        "insert into report_schedule (schedule_id, owner, view_id, rule_id, every, on_day, hour,"
            + " zone, recipients, language, created_at, next_at) values (?,?,?,?,?,?,?,?,?,?,?,?)",
        schedule.id(),
        schedule.owner(),
        schedule.subject() instanceof OfView(var view) ? view : null,
        schedule.subject() instanceof OfRule(var rule) ? rule : null,
        schedule.rhythm().every().word(),
        schedule.rhythm().on(),
        schedule.rhythm().hour(),
        schedule.rhythm().zone().getId(),
        String.join(" ", schedule.recipients()),
        schedule.language().toLanguageTag(),
        schedule.created().toEpochMilli(),
        schedule.next().toEpochMilli());
  }

  /// Ends one.
  ///
  /// @return whether there was one
  public boolean remove(String account, String id) {
    return database.write(connection -> {
      var schedule =
          Sql.first(
              connection,
              "select * from report_schedule where schedule_id = ?",
              Schedule::read,
              id);
      if (schedule == null) {
        return false;
      }
      Sql.update(connection, "delete from report_schedule where schedule_id = ?", id);
      audit.append(connection, account, "report.unschedule", "schedule " + id, detail(schedule));
      return true;
    });
  }

  private static Json.Obj detail(Schedule schedule) {
    return Json.object()
        .put("view", schedule.subject() instanceof OfView(var view) ? view : null)
        .put("rule", schedule.subject() instanceof OfRule(var rule) ? rule : null)
        .put("every", schedule.rhythm().every().word())
        .put("to", Json.texts(schedule.recipients()))
        .build();
  }

  private String id() {
    var bytes = new byte[9];
    random.nextBytes(bytes);
    return "s-" + HexFormat.of().formatHex(bytes);
  }
}
