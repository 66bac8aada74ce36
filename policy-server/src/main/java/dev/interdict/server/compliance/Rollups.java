package dev.interdict.server.compliance;

import dev.interdict.json.Fields;
import dev.interdict.report.RuleState;
import dev.interdict.server.query.Where;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reads sums out of the tables of counts: `fleet_rollup` of all devices and `rule_rollup` of what
/// they told of a rule, by system, department and source; `fine_rollup` of both by ring and version
/// of the agent, which no source is told apart in. Used within one snapshot.
record Rollups(Handle handle) {
  private static final RuleState[] STATES = RuleState.values();
  private static final Shade[] SHADES = Shade.values();

  /// A number instead of words, of which thousands are dear to read: shade, list and state.
  private static final String CODE =
      "("
          + code("shade", List.of(Shade.values()), Shade::word)
          + " * 2 + listed) * 100 + "
          + code("state", List.of(RuleState.values()), Fields::written);

  private static final int NO_STATE = 99;
  private static final String FLEET_CODE =
      "("
          + code("shade", List.of(Shade.values()), Shade::word)
          + " * 2 + listed) * 100 + "
          + NO_STATE;

  /// Some devices that are alike.
  ///
  /// @param group what [GroupBy] tells apart
  /// @param shade as which they are kept, which [Kept#moved] may say differently
  /// @param state what they told of the rule; null if nothing
  record Count(String group, Shade shade, boolean listed, @Nullable RuleState state, long n) {}

  /// The devices that are enrolled and count, whatever they told; their state is null.
  List<Count> fleet(GroupBy by, Subset which) {
    return isFine(by, which)
        ? counts("fine_rollup", FLEET_CODE, by, which.where().add("rule_id = ''"))
        : counts("fleet_rollup", FLEET_CODE, by, which.where());
  }

  /// How many those are.
  long size(Subset which) {
    var fine = isFine(GroupBy.NOTHING, which);
    var where = which.where().add("shade <> 'aside'");
    if (fine) {
      where.add("rule_id = ''");
    }
    return handle
        .createQuery(
            "select coalesce(sum(n), 0) from "
                + (fine ? "fine_rollup" : "fleet_rollup")
                + where.text())
        .bindMap(where.binds())
        .mapTo(Long.class)
        .one();
  }

  /// Those that told of a rule.
  List<Count> told(String rule, GroupBy by, Subset which) {
    var where = which.where().add("rule_id = :rule").bind("rule", rule);
    if (isFine(by, which)) {
      return counts("fine_rollup", CODE, by, where);
    }
    if (by == GroupBy.SOURCE) {
      where.add("source <> ''");
    } else {
      where.add("source = :source").bind("source", which.source() == null ? "" : which.source());
    }
    return counts("rule_rollup", CODE, by, where);
  }

  private static <E extends Enum<E>> String code(
      String column, List<E> values, Function<E, String> word) {
    var text = new StringBuilder("case " + column);
    values.forEach(each -> text.append(" when '" + word.apply(each) + "' then " + each.ordinal()));
    return text + " end";
  }

  private static boolean isFine(GroupBy by, Subset which) {
    return by == GroupBy.VERSION
        || by == GroupBy.RING
        || by == GroupBy.RINGED_CELL
        || !which.versions().isAll()
        || !which.rings().isAll();
  }

  private List<Count> counts(String table, String code, GroupBy by, Where where) {
    where.add("shade <> 'aside' and n <> 0");
    return handle
        .createQuery(
            // A row of the table is a cell; to add up what stands alone would sort thousands.
            by == GroupBy.CELL
                ? "select "
                    + by.sql()
                    + " as name, "
                    + code
                    + " as code, n from "
                    + table
                    + where.text()
                : added(table, code, by, where))
        .bindMap(where.binds())
        .map((row, _) -> count(row.getString(1), row.getInt(2), row.getLong(3)))
        .list();
  }

  /// Sums of what is alike, by the columns themselves, which come first in the key of a rule: a
  /// database that reads along it need not sort, and puts codes to the sums alone.
  private static String added(String table, String code, GroupBy by, Where where) {
    var alike = "shade, listed" + (code.equals(FLEET_CODE) ? "" : ", state");
    return "select name, "
        + code
        + " as code, devices from (select "
        + by.sql()
        + " as name, "
        + alike
        + ", sum(n) as devices from "
        + table
        + where.text()
        + " group by "
        + (by == GroupBy.NOTHING ? "" : by.sql() + ", ")
        + alike
        + ") added_up";
  }

  private static Count count(String group, int code, long n) {
    var state = code % 100;
    var over = code / 100;
    return new Count(
        group, SHADES[over / 2], over % 2 == 1, state == NO_STATE ? null : STATES[state], n);
  }
}
