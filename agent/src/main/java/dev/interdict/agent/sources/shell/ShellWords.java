package dev.interdict.agent.sources.shell;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Splits a shell's text into commands of words (POSIX 2.3, Token Recognition): quotes are taken
/// off, comments and here-documents left out, `$(…)`, backquotes and `${…}` kept as a piece of
/// their word without being looked into. A text whose quotes do not close is split again with every
/// line on its own, so that one odd line hides none of the others. Linear in the text.
final class ShellWords {
  /// Here-documents without an end after which no further one is looked for, so that a text full of
  /// them does not cost its square.
  private static final int MOST_ENDLESS = 16;

  private final String text;
  private final boolean fish;
  private final boolean lineByLine;
  private final List<List<String>> commands = new ArrayList<>();
  private final Deque<String> hereDocuments = new ArrayDeque<>();
  private List<String> words = new ArrayList<>();
  private StringBuilder word = new StringBuilder();
  private boolean inWord;
  private int at;
  private int endless;

  private ShellWords(String text, boolean fish, boolean lineByLine) {
    this.text = text;
    this.fish = fish;
    this.lineByLine = lineByLine;
  }

  /// @param fish whether `(…)` is a substitution
  static List<List<String>> commands(String text, boolean fish) {
    var whole = new ShellWords(text, fish, false);
    if (whole.split()) {
      return whole.commands;
    }
    var lines = new ShellWords(text, fish, true);
    lines.split();
    return lines.commands;
  }

  /// @return whether all quotes closed
  private boolean split() {
    var closed = true;
    while (at < text.length()) {
      var c = text.charAt(at);
      switch (c) {
        case '\n' -> {
          endCommand();
          at++;
          skipHereDocuments();
        }
        case ' ', '\t', '\r' -> {
          endWord();
          at++;
        }
        case ';', '&', '|' -> {
          endCommand();
          at++;
        }
        case '<', '>' -> redirection();
        case ')' -> {
          endCommand();
          at++;
        }
        case '(' -> {
          if (fish || text.startsWith("((", at)) {
            closed &= piece();
          } else {
            endCommand();
            at++;
          }
        }
        case '#' -> {
          if (inWord) {
            append(c);
          } else {
            skipLine();
          }
        }
        case '\'', '"', '`', '$', '\\' -> closed &= piece();
        default -> append(c);
      }
    }
    endCommand();
    return closed && hereDocuments.isEmpty();
  }

  private void append(char c) {
    word.append(c);
    inWord = true;
    at++;
  }

  private void endWord() {
    if (inWord) {
      words.add(word.toString());
      word = new StringBuilder();
      inWord = false;
    }
  }

  private void endCommand() {
    endWord();
    if (!words.isEmpty()) {
      commands.add(words);
      words = new ArrayList<>();
    }
  }

  private void skipLine() {
    var end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end;
  }

  /// Quoted text, a substitution or an escaped character becomes part of the word.
  ///
  /// @return whether it closed
  private boolean piece() {
    var c = text.charAt(at);
    if (c == '\\') {
      if (at + 1 < text.length() && text.charAt(at + 1) != '\n') {
        word.append(text.charAt(at + 1));
        inWord = true;
      }
      at += 2;
      return true;
    }
    var next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
    if (c == '$' && next != '(' && next != '{' && next != '\'') {
      append(c);
      return true;
    }
    var quoted = c == '\'' || c == '"' || c == '$' && next == '\'';
    var from = c == '$' && next == '\'' ? at + 2 : at + 1;
    var end = Quoting.end(text, at, lineByLine);
    var closed = end >= 0;
    if (!closed) {
      var line = text.indexOf('\n', at);
      end = lineByLine && line >= 0 ? line : text.length();
    }
    // What stands in quotes is the word's own text; a substitution stays as it is written.
    word.append(text, quoted ? from : at, quoted && closed ? end - 1 : end);
    inWord = true;
    at = end;
    return closed;
  }

  private void redirection() {
    endWord();
    if (text.startsWith("<<<", at)) {
      at += 3;
    } else if (text.startsWith("<<", at) && !fish) {
      at += text.startsWith("<<-", at) ? 3 : 2;
      while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
        at++;
      }
      var start = at;
      while (at < text.length() && " \t\r\n;&|<>()".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      var delimiter = text.substring(start, at).replaceAll("[\"'\\\\]", "");
      if (!delimiter.isEmpty()) {
        hereDocuments.add(delimiter);
      }
    } else {
      at++;
    }
  }

  /// Leaves out the lines up to the one that ends each here-document. One that does not end is none
  /// where lines are read on their own.
  private void skipHereDocuments() {
    while (!hereDocuments.isEmpty()) {
      var end = endless < MOST_ENDLESS ? endOf(hereDocuments.getFirst()) : -1;
      if (end < 0) {
        endless++;
        if (lineByLine) {
          hereDocuments.clear();
        } else {
          at = text.length();
        }
        return;
      }
      hereDocuments.removeFirst();
      at = end;
    }
  }

  /// Where the line after the here-document begins, or -1.
  private int endOf(String delimiter) {
    var line = at;
    while (line < text.length()) {
      var newline = text.indexOf('\n', line);
      var end = newline < 0 ? text.length() : newline;
      if (text.substring(line, end).strip().equals(delimiter)) {
        return Math.min(end + 1, text.length());
      }
      line = end + 1;
    }
    return -1;
  }
}
