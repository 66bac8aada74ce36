package dev.interdict.server.store;

import java.time.Duration;

/// Scheduled work that all nodes know of and one at a time does: whoever takes the lease does it,
/// and until the lease runs out, by the database's own clock, nobody begins it again. A node that
/// dies over it costs one turn, and so does a clock that jumped: a lease that ends later than it
/// could by now was taken while that clock was ahead, and holds nobody up. Thread-safe.
public final class Leases {
  private final Database database;

  public Leases(Database database) {
    this.database = database;
  }

  /// Takes the lease of `task` for so long, if nobody has it.
  ///
  /// @return whether the work is to be done here and now
  public boolean take(String task, Duration time) {
    return database.write(connection -> {
      var now = database.now(connection);
      return Sql.update(
              connection,
              "insert into store_lease (task, until_at) values (?,?) on conflict (task) do update"
                  + " set until_at = excluded.until_at where store_lease.until_at <= ? or"
                  + " store_lease.until_at > excluded.until_at",
              task,
              now + time.toMillis(),
              now)
          == 1;
    });
  }

  /// Ends the lease, so that the work may be tried again at once: it failed.
  public void giveBack(String task) {
    database.write(
        connection -> Sql.update(connection, "delete from store_lease where task = ?", task));
  }
}
