package dev.interdict.server.publish;

import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.server.direction.Direction;
import dev.interdict.server.store.Database;
import org.jspecify.annotations.Nullable;

/// Which way a change of a rule goes on this fleet: what devices report decides whether it makes
/// agents do more. Thread-safe.
final class Directions {
  private final Database database;

  Directions(Database database) {
    this.database = database;
  }

  /// From the rule of that id as it is in force to the next.
  ///
  /// @param before null where there is none
  /// @param next null where it is withdrawn
  Direction of(RuleId rule, @Nullable Json before, @Nullable Json next) {
    return Direction.of(before, next, isHeld(rule), this::readers);
  }

  /// Whether some device reports more matches than the rule allows, so that it is held there.
  private boolean isHeld(RuleId rule) {
    return database.read(handle ->
        handle
            .createQuery(
                "select count(*) from device_note where problem = 'enforcement-refused' and"
                    + " subject = :rule")
            .bind("rule", rule.value())
            .mapTo(Long.class)
            .one())
        > 0;
  }

  /// How many enrolled workstations read the rule language from `least` on, and not `below`.
  private long readers(int least, int below) {
    return database.read(handle ->
        handle
            .createQuery(
                "select count(*) from device where standing = 'active' and vocabulary >= :least and"
                    + " vocabulary < :below")
            .bind("least", least)
            .bind("below", below)
            .mapTo(Long.class)
            .one());
  }
}
