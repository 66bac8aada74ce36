package dev.interdict.server.views;

import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.http.LocalPath;
import dev.interdict.server.http.RefusedException;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.server.wording.Sentence;
import dev.interdict.server.wording.SentenceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Keeps pages of the console by name. What everybody finds is a line in the audit log when it
/// comes, changes and goes. Thread-safe.
public final class SavedViews {
  /// How many an account may keep.
  public static final int MOST = 200;

  /// How long a name may be, in characters.
  public static final int LONGEST_NAME = 100;

  /// How long an address may be, in characters.
  private static final int LONGEST_ADDRESS = 1_000;

  private final Database database;
  private final Audit audit;
  private final InstantSource clock;
  private final RandomGenerator random;

  public SavedViews(Database database, Audit audit, InstantSource clock, RandomGenerator random) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
    this.random = random;
  }

  /// Why something was not done.
  public enum Refusal {
    /// The account keeps one of that name already.
    TAKEN,
    /// The account keeps as many as it may.
    TOO_MANY,
    /// There is none that the account may change.
    MISSING
  }

  /// What came of it.
  ///
  /// @param view as it is now, or was at last; null where nothing was done
  public record Outcome(@Nullable SavedView view, @Nullable Refusal refusal) {
    private static Outcome done(SavedView view) {
      return new Outcome(view, null);
    }

    private static Outcome refused(Refusal why) {
      return new Outcome(null, why);
    }
  }

  /// Those that an account finds: its own and what is shared, by name.
  public List<SavedView> of(String account) {
    return database.read(handle ->
        handle
            .createQuery(
                "select * from saved_view where owner = :account or shared = 1 order by name,"
                    + " view_id")
            .bind("account", account)
            .map((row, _) -> SavedView.read(row))
            .list());
  }

  /// One that an account finds.
  public Optional<SavedView> find(String account, String id) {
    return find(id).filter(view -> view.shared() || view.owner().equals(account));
  }

  /// One, whoever may find it.
  public Optional<SavedView> find(String id) {
    return Optional.ofNullable(
        database.first("select * from saved_view where view_id = ?", SavedView::read, id));
  }

  /// Keeps a page.
  ///
  /// @param shared for everybody; whoever calls sees to it that the account may
  /// @throws IllegalArgumentException if the name or the address cannot be
  public Outcome save(String account, String name, String address, boolean shared) {
    var view = new SavedView(id(), account, named(name), page(address), shared, clock.instant());
    return database.write(connection -> {
      var kept =
          Sql.first(
              connection,
              "select count(*) from saved_view where owner = ?",
              row -> row.getLong(1),
              account);
      if (kept != null && kept >= MOST) {
        return Outcome.refused(Refusal.TOO_MANY);
      }
      var saved =
          Sql.update(
              connection,
              "insert into saved_view (view_id, owner, name, address, shared, created_at) values"
                  + " (?,?,?,?,?,?) on conflict do nothing",
              view.id(),
              view.owner(),
              view.name(),
              view.address(),
              view.shared() ? 1 : 0,
              view.created().toEpochMilli());
      if (saved == 0) {
        return Outcome.refused(Refusal.TAKEN);
      }
      told(connection, account, "view.save", view);
      return Outcome.done(view);
    });
  }

  /// Gives one another name.
  ///
  /// @param all whether the account may change what others share
  /// @throws IllegalArgumentException if the name cannot be
  public Outcome rename(String account, boolean all, String id, String name) {
    var next = named(name);
    return database.write(connection -> {
      var view = changeable(connection, account, all, id);
      if (view == null) {
        return Outcome.refused(Refusal.MISSING);
      }
      var other =
          Sql.first(
              connection,
              "select view_id from saved_view where owner = ? and name = ? and view_id <> ?",
              row -> row.getString(1),
              view.owner(),
              next,
              id);
      if (other != null) {
        return Outcome.refused(Refusal.TAKEN);
      }
      Sql.update(connection, "update saved_view set name = ? where view_id = ?", next, id);
      var renamed =
          new SavedView(id, view.owner(), next, view.address(), view.shared(), view.created());
      told(connection, account, "view.rename", renamed);
      return Outcome.done(renamed);
    });
  }

  /// Forgets one.
  ///
  /// @param all whether the account may remove what others share
  public Outcome remove(String account, boolean all, String id) {
    return database.write(connection -> {
      var view = changeable(connection, account, all, id);
      if (view == null) {
        return Outcome.refused(Refusal.MISSING);
      }
      Sql.update(connection, "delete from saved_view where view_id = ?", id);
      told(connection, account, "view.remove", view);
      return Outcome.done(view);
    });
  }

  private static @Nullable SavedView changeable(
      Connection connection, String account, boolean all, String id) throws SQLException {
    var view =
        Sql.first(connection, "select * from saved_view where view_id = ?", SavedView::read, id);
    return view != null && (view.owner().equals(account) || all && view.shared()) ? view : null;
  }

  private void told(Connection connection, String account, String action, SavedView view)
      throws SQLException {
    if (view.shared()) {
      audit.append(
          connection,
          account,
          action,
          "view " + view.id(),
          Json.object()
              .put("name", view.name())
              .put("address", view.address())
              .put("owner", view.owner())
              .build());
    }
  }

  private static String named(String name) {
    var stripped = name.strip();
    if (stripped.isEmpty()
        || stripped.codePointCount(0, stripped.length()) > LONGEST_NAME
        || !stripped.codePoints().allMatch(Printable::isSafe)) {
      throw new SentenceException(
          Sentence.of(
              "view.name",
              "a name has 1 to %s characters, and none that nobody sees",
              LONGEST_NAME));
    }
    return stripped;
  }

  private static String page(String address) {
    if (address.length() > LONGEST_ADDRESS
        || !LocalPath.is(address)
        || address.startsWith("/api/")
        || !isReadable(address)) {
      throw new SentenceException(
          Sentence.of(
              "view.page",
              "\"%s\" is no page of the console; give its path and query, such as"
                  + " /devices?rule=claude-code",
              Printable.of(address, 80)));
    }
    return address;
  }

  private static boolean isReadable(String address) {
    try {
      LocalPath.parameters(address);
      return true;
    } catch (RefusedException e) {
      return false;
    }
  }

  private String id() {
    var bytes = new byte[9];
    random.nextBytes(bytes);
    return "v-" + HexFormat.of().formatHex(bytes);
  }
}
