package dev.interdict.server.cli.support;

import dev.interdict.json.Json;
import dev.interdict.server.main.Parts;

/// What a support bundle tells of the database: how much there is, and what went wrong last in it.
/// No row itself.
final class Tables {
  private static final int MOST = 20;

  private Tables() {}

  /// How many rows each table has.
  static void count(Parts parts, Json.Builder told) {
    told.put("version", parts.database().version());
    parts
        .database()
        .read(handle -> {
          for (var table : parts.database().tables(handle)) {
            // The names come from the database's own list of tables.
            told.put(
                "table " + table,
                handle
                    .createQuery("select count(*) from \"" + table + "\"")
                    .mapTo(Long.class)
                    .one());
          }
          return 0;
        });
  }

  /// The last errors that are kept there.
  static void trouble(Parts parts, Json.Builder told) {
    told.put(
        "webhooks",
        errors(
            parts,
            "select error from webhook_delivery where error is not null order by answered_at desc"
                + " limit "
                + MOST));
    told.put(
        "mail",
        errors(
            parts,
            "select error from mail where error is not null order by next_at desc limit " + MOST));
    told.put(
        "removals",
        errors(
            parts,
            "select error || ': ' || count(*) from rule_state where error is not null group by"
                + " error order by count(*) desc limit "
                + MOST));
  }

  private static Json errors(Parts parts, String query) {
    return Json.texts(
        parts.database().read(handle -> handle.createQuery(query).mapTo(String.class).list()));
  }
}
