package dev.interdict.server.cli.operations;

import dev.interdict.server.cli.operations.Given.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A command as data: an operation of the API, what is typed for it and what is shown of its
/// answer. Put together once, then not changed.
final class Deed {
  private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)}");

  final String name;
  final String method;
  final String path;
  final String description;
  final List<String> places;
  final List<Given> givens = new ArrayList<>();
  final List<String> shown = new ArrayList<>();
  @Nullable String rows;
  boolean paged;
  @Nullable String seen;
  @Nullable String insteadFlag;
  @Nullable String insteadPath;
  List<String> insteadShown = List.of();

  private Deed(String name, String method, String path, String description) {
    this.name = name;
    this.method = method;
    this.path = path;
    this.description = description;
    this.places = PLACE.matcher(path).results().map(found -> found.group(1)).toList();
  }

  static Deed get(String name, String path, String description) {
    return new Deed(name, "GET", path, description);
  }

  static Deed post(String name, String path, String description) {
    return new Deed(name, "POST", path, description);
  }

  static Deed put(String name, String path, String description) {
    return new Deed(name, "PUT", path, description);
  }

  private Deed given(Kind kind, String name, String member, boolean required, String words) {
    givens.add(new Given(kind, name, member, required, words));
    return this;
  }

  Deed may(String name, String member, String words) {
    return given(Kind.TEXT, name, member, false, words);
  }

  Deed needs(String name, String member, String words) {
    return given(Kind.TEXT, name, member, true, words);
  }

  Deed number(String name, String member, boolean required, String words) {
    return given(Kind.NUMBER, name, member, required, words);
  }

  Deed flag(String name, String member, String words) {
    return given(Kind.FLAG, name, member, false, words);
  }

  Deed texts(String name, String member, String words) {
    return given(Kind.TEXTS, name, member, false, words);
  }

  /// At least one of them.
  Deed needsTexts(String name, String member, String words) {
    return given(Kind.TEXTS, name, member, true, words);
  }

  Deed file(boolean required, String member, String words) {
    return given(Kind.FILE, "FILE", member, required, words);
  }

  Deed revision(String words) {
    return given(Kind.REVISION, "--revision", "revision", true, words);
  }

  Deed alone(String name, String member, String words) {
    return given(Kind.ALONE, name, member, false, words);
  }

  /// The version that is read first, so that nobody else's change is undone.
  Deed seen(String path) {
    seen = path;
    return this;
  }

  /// Another operation where this flag is typed.
  ///
  /// @param members of its answer that are shown
  Deed instead(String flag, String path, String... members) {
    insteadFlag = flag;
    insteadPath = path;
    insteadShown = List.of(members);
    return this;
  }

  /// Shows members of the answer.
  Deed shows(String... members) {
    shown.addAll(List.of(members));
    return this;
  }

  /// Shows rows of an answer that has all of them.
  Deed lists(String member, String... columns) {
    rows = member;
    return shows(columns);
  }

  /// Shows the rows of a list that is answered in pages.
  Deed pages(String member, String... columns) {
    paged = true;
    return lists(member, columns);
  }
}
