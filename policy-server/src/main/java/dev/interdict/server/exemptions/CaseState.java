package dev.interdict.server.exemptions;

import dev.interdict.json.Fields;
import java.util.Locale;

/// Where a case stands. A request that nobody has looked at is no case yet: it waits for the
/// manager.
public enum CaseState {
  /// A manager agreed; security decides.
  CONFIRMED,
  /// Both agreed; it holds until its end.
  GRANTED,
  /// Somebody said no.
  REFUSED,
  /// Taken back before it was decided.
  WITHDRAWN,
  /// It held, and does no more.
  ENDED;

  /// As the database and programs write it.
  public String written() {
    return Fields.written(this);
  }

  static CaseState read(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
