package dev.interdict.server.evidence;

import dev.interdict.server.pdf.Ink;
import dev.interdict.server.pdf.Type;

/// The colours of the console's light theme, and the types of the report.
final class Looks {
  static final Ink TEXT = Ink.of("131923");
  static final Ink QUIET = Ink.of("4A5564");
  static final Ink ACCENT = Ink.of("2147C7");
  static final Ink HAS = Ink.of("B4430C");
  static final Ink CLEAR = Ink.of("0B6E47");
  static final Ink HAS_AREA = Ink.of("F8ECE6");
  static final Ink AFTER = Ink.of("F3F5F8");
  static final Ink HAIRLINE = Ink.of("E0E4EA");
  static final Ink FIELD = Ink.of("808B9B");

  static final Type TITLE = new Type(21, true, TEXT);
  static final Type CHAPTER = new Type(15, true, TEXT);
  static final Type SECTION = new Type(10.5, true, TEXT);
  static final Type BODY = new Type(9, false, TEXT);
  static final Type NOTE = new Type(8, false, QUIET);
  static final Type CELL = new Type(7.5, false, TEXT);
  static final Type LABEL = new Type(8, false, QUIET);
  static final Type FIGURE = new Type(19, true, TEXT);

  private Looks() {}
}
