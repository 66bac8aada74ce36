package dev.interdict.server.publish;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.RuleId;
import dev.interdict.server.events.EventKind;
import dev.interdict.server.events.Events;
import dev.interdict.server.store.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What other systems are told of the signed files.
final class ListEvents {
  private ListEvents() {}

  /// A list became visible, perhaps without rules that the one before had.
  static void published(Connection connection, Published now, Instant at) throws SQLException {
    var rules = rules(connection, "serial = ?", now.serial());
    Events.add(
        connection,
        EventKind.POLICY_PUBLISHED,
        at,
        now.actor(),
        Json.object()
            .put("serial", now.serial())
            .put("summary", now.summary())
            .put("sha256", now.sha256())
            .put("rules", rules.size())
            .build());
    var gone =
        new TreeSet<>(
            rules(
                connection,
                "serial = (select max(p.serial) from publication p where p.serial < ? and"
                    + " p.shown_at is not null)",
                now.serial()));
    gone.removeAll(rules);
    for (var rule : gone) {
      Events.add(
          connection,
          EventKind.POLICY_WITHDRAWN,
          at,
          now.actor(),
          null,
          rule.value(),
          Json.object().put("serial", now.serial()).put("summary", now.summary()).build());
    }
  }

  private static Set<RuleId> rules(Connection connection, String which, long serial)
      throws SQLException {
    var document =
        Sql.first(
            connection,
            "select document from publication where " + which,
            row -> row.getString(1),
            serial);
    try {
      return document == null
          ? Set.of()
          : Blocklist.read(document.getBytes(StandardCharsets.UTF_8)).rules().stream()
              .map(rule -> rule.id())
              .collect(Collectors.toSet());
    } catch (JsonException e) {
      throw new IllegalStateException("a publication cannot be read back", e);
    }
  }

  /// Rules are held, or no more.
  ///
  /// @param held which rules are held now, `all` or `none`
  static void stopped(Connection connection, String actor, String held, String reason, Instant at)
      throws SQLException {
    Events.add(
        connection,
        held.equals("none") ? EventKind.POLICY_RESUMED : EventKind.POLICY_PAUSED,
        at,
        actor,
        Json.object().put("held", held).put("reason", reason).build());
  }

  /// Other keys are trusted from now on.
  static void rotated(Connection connection, String actor, long root, String changes, Instant at)
      throws SQLException {
    Events.add(
        connection,
        EventKind.KEY_ROTATED,
        at,
        actor,
        Json.object().put("what", "trust").put("root", root).put("changes", changes).build());
  }
}
