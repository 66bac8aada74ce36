package dev.interdict.agent.sources.shell;

import java.util.ArrayDeque;

/// Where quotes and substitutions of a shell end. Each may hold others; they are kept on a stack of
/// ours, so that depth costs no call.
final class Quoting {
  private Quoting() {}

  /// The place behind the quoting that opens at `at` (`'`, `"`, `` ` ``, `$'`, `${`, `$(`, `(`), or
  /// -1 where it does not close.
  ///
  /// @param inLine whether it must close in its own line
  static int end(String text, int at, boolean inLine) {
    var open = new ArrayDeque<Character>();
    var i = at;
    do {
      var c = text.charAt(i);
      if (c == '\n' && inLine) {
        return -1;
      }
      i = step(text, i, c, open);
    } while (!open.isEmpty() && i < text.length());
    return open.isEmpty() ? Math.min(i, text.length()) : -1;
  }

  private static int step(String text, int i, char c, ArrayDeque<Character> open) {
    var top = open.isEmpty() ? 0 : open.peekLast();
    if (top == '\'') {
      return closing(c, '\'', i, open);
    }
    if (c == '\\') {
      return i + 2;
    }
    if (top == '$') {
      return closing(c, '\'', i, open);
    }
    if (top != 0 && c == top) {
      open.removeLast();
      return i + 1;
    }
    var next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
    var inDouble = top == '"';
    switch (c) {
      case '"', '`' -> open.addLast(c);
      case '\'' -> {
        if (!inDouble) {
          open.addLast(c);
        }
      }
      case '(' -> {
        if (!inDouble) {
          open.addLast(')');
        }
      }
      case '$' -> {
        if (next == '(' || next == '{') {
          open.addLast(next == '(' ? ')' : '}');
          return i + 2;
        }
        if (next == '\'' && !inDouble) {
          open.addLast('$');
          return i + 2;
        }
      }
      default -> {}
    }
    return i + 1;
  }

  private static int closing(char c, char end, int i, ArrayDeque<Character> open) {
    if (c == end) {
      open.removeLast();
    }
    return i + 1;
  }
}
