package dev.interdict.server.web.pages;

import dev.interdict.policy.Rule;
import dev.interdict.server.web.Row;
import dev.interdict.server.web.View;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// The risk register.
///
/// @param standing the published rules by the entry that they stand on: that of their own id, or
///   that of their family
/// @param bare published rules without one
/// @param wanted the id of an entry to be written; empty for none
public record RisksView(
    Listed list, Map<String, List<Rule>> standing, List<Rule> bare, String wanted, LocalDate today)
    implements View {
  /// The version of an entry that is not there yet.
  public static final String NEW = "\"0\"";

  public RisksView {
    standing = Map.copyOf(standing);
    bare = List.copyOf(bare);
  }

  @Override
  public String template() {
    return list.template();
  }

  /// The rules that stand on an entry.
  public List<Rule> rules(Row entry) {
    return standing.getOrDefault(entry.text("id"), List.of());
  }

  /// Whether an entry was to be reviewed before today.
  public boolean overdue(Row entry) {
    return LocalDate.parse(entry.text("review")).isBefore(today);
  }
}
