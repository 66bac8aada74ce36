package dev.interdict.server.web.pages;

import dev.interdict.server.web.View;

/// The risk register.
///
/// @param wanted the id of an entry to be written; empty for none
public record RisksView(Listed list, RiskStanding standing, String wanted) implements View {
  /// The version of an entry that is not there yet.
  public static final String NEW = "\"0\"";

  @Override
  public String template() {
    return list.template();
  }
}
