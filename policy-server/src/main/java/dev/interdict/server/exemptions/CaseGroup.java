package dev.interdict.server.exemptions;

import dev.interdict.json.Fields;

/// By what lists of cases are told apart. A case may be in two of these: one that ends soon holds.
public enum CaseGroup {
  /// It waits for the second person.
  CONFIRMED("state = 'confirmed'"),
  /// It holds.
  GRANTED("state = 'granted'"),
  /// It holds, and soon does no more.
  ENDING("(state = 'granted' and until_at is not null and until_at <= :soon)"),
  /// It is over: refused, taken back, or ended.
  CLOSED("state in ('refused', 'withdrawn', 'ended')");

  private final String condition;

  /// @param condition on a row, true or false of any, never unknown: its opposite has all others.
  ///   `:soon` is the instant up to which an end is soon
  CaseGroup(String condition) {
    this.condition = condition;
  }

  String condition() {
    return condition;
  }

  /// The word in addresses.
  public String word() {
    return Fields.written(this);
  }
}
