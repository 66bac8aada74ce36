package dev.interdict.server.draft;

import dev.interdict.identity.PackageUrl;
import dev.interdict.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A way to recognise software that one word says, such as the name of an npm package: what a form
/// has a field for. What needs more words, such as a package with a range of versions, is of no
/// kind and stands in the rule's text alone.
public enum MatchKind {
  NPM("npm", null),
  PYPI("pypi", null),
  BREW("brew", null),
  WINGET("winget", null),
  DEB("deb", null),
  RPM("rpm", null),
  OTHER_PACKAGE(null, null),
  VSCODE("extension", "vscode"),
  JETBRAINS("extension", "jetbrains"),
  CHROME("extension", "chrome"),
  FIREFOX("extension", "firefox"),
  MACOS("application", "macos"),
  WINDOWS_UNINSTALL("application", "windows-uninstall"),
  DESKTOP_ID("application", "desktop-id"),
  HOME("program", "home"),
  SYSTEM("program", "system"),
  CONTAINER("container", "references"),
  VARIABLE("environment", "variables");

  private static final String PACKAGE = "package";

  /// The type of a package, or the kind of matcher that `inner` is in.
  private final @Nullable String outer;

  private final @Nullable String inner;

  MatchKind(@Nullable String outer, @Nullable String inner) {
    this.outer = outer;
    this.inner = inner;
  }

  /// The name of its field.
  public String field() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private boolean isPackage() {
    return inner == null;
  }

  private boolean isList() {
    return this == CONTAINER || this == VARIABLE;
  }

  /// One of a rule's matchers that a field shows.
  record Shown(MatchKind kind, String word) {}

  /// What a matcher is in a field; empty where none shows it.
  static Optional<Shown> shown(Json matcher) {
    return Arrays.stream(values())
        .flatMap(kind -> kind.word(matcher).map(word -> new Shown(kind, word)).stream())
        .findFirst();
  }

  private Optional<String> word(Json matcher) {
    if (isPackage()) {
      return only(matcher, PACKAGE).flatMap(this::packageName);
    }
    var inside =
        only(matcher, String.valueOf(outer)).flatMap(it -> only(it, String.valueOf(inner)));
    return isList()
        ? inside.flatMap(list ->
            list instanceof Json.Arr(var items) && items.size() == 1
                ? text(items.getFirst())
                : Optional.empty())
        : inside.flatMap(MatchKind::text);
  }

  private static Optional<Json> only(Json json, String name) {
    return json instanceof Json.Obj(var members) && members.size() == 1
        ? Optional.ofNullable(members.get(name))
        : Optional.empty();
  }

  /// A field has one word a line.
  private static Optional<String> text(Json json) {
    return json instanceof Json.Text(var text)
            && text.equals(text.strip())
            && !text.isEmpty()
            && text.lines().count() == 1
        ? Optional.of(text)
        : Optional.empty();
  }

  private Optional<String> packageName(Json json) {
    var text = text(json);
    var purl = text.flatMap(MatchKind::purl);
    var type = purl.map(PackageUrl::type).orElse("");
    var simple =
        purl.isPresent()
            && purl.get()
                .toString()
                .equals(PackageUrl.of(type, purl.get().namespace(), purl.get().name()).toString());
    var named =
        Arrays.stream(values()).anyMatch(kind -> kind.isPackage() && type.equals(kind.outer));
    if (this == OTHER_PACKAGE) {
      return simple && named ? Optional.empty() : text;
    }
    return simple && type.equals(outer)
        ? purl.map(
            each -> each.namespace().isEmpty() ? each.name() : each.namespace() + "/" + each.name())
        : Optional.empty();
  }

  private static Optional<PackageUrl> purl(String text) {
    try {
      return Optional.of(PackageUrl.parse(text));
    } catch (IllegalArgumentException e) {
      // As it stands: lint says what is wrong with it.
      return Optional.empty();
    }
  }

  /// The matcher that says this word.
  ///
  /// @throws IllegalArgumentException if it is no name of such a package
  Json matcher(String word) {
    if (isPackage()) {
      var text = this == OTHER_PACKAGE ? word : named(word).toString();
      return Json.object().put(PACKAGE, text).build();
    }
    var value = isList() ? Json.texts(List.of(word)) : new Json.Text(word);
    var inside = Json.object().put(String.valueOf(inner), value).build();
    return Json.object().put(String.valueOf(outer), inside).build();
  }

  private PackageUrl named(String word) {
    var slash = word.lastIndexOf('/');
    return slash < 0
        ? PackageUrl.of(String.valueOf(outer), "", word)
        : PackageUrl.of(String.valueOf(outer), word.substring(0, slash), word.substring(slash + 1));
  }
}
